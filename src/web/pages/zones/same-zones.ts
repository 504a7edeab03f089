import type { CalibrationBody, HoursOfDayBody, ZoneBody } from "#contract/zones.ts";
import { defaultRoadClass } from "#core/evidence/law-basis.ts";

/** In value, whatever the order of keys. */
export function sameZones(one: readonly ZoneBody[], other: readonly ZoneBody[]): boolean {
	const plain = (zones: readonly ZoneBody[]) =>
		JSON.stringify(
			zones.map(({ id, name, kind, polygon, calibration, policy = {}, hours = [], armed, roadClass }) => [
				...[id, name, kind, polygon, plainSize(calibration), sortedKeys(policy), armed?.map(plainHours)],
				hours.map((each) => [plainHours(each), sortedKeys(each.policy)]),
				roadClass ?? defaultRoadClass,
			]),
		);
	return one === other || plain(one) === plain(other);
}

function plainSize(calibration: CalibrationBody | undefined): unknown {
	if (!calibration) return null;
	if ("points" in calibration) return calibration.points.map(({ at, m }) => [at, m]);
	return [calibration.widthM, calibration.lengthM];
}

const sortedKeys = (keys: object) => Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
const plainHours = ({ days, from, to }: HoursOfDayBody) => [days, from, to];
