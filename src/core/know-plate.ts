import type { CameraScene } from "./camera-scene.ts";
import type { CameraState, CameraStep } from "./camera-step.ts";
import { occupancyIdOf } from "./occupancy/occupancy-id.ts";
import type { OccupancyEvent, OccupancyPeriod } from "./occupancy/types.ts";
import type { KnownPlate } from "./plates/known-plate.ts";
import { countingByPlate } from "./policy/plate-exemption.ts";

interface PlateFact {
	readonly at: number;
	readonly occupancyId: string;
	readonly plate: KnownPlate;
}

/**
 * The vehicle that leads a zone bears the plate from now on: whether that exempts it is asked at each look. Where it raised
 * its alert already the alert stays, and whether the vehicle is exempt is told once.
 */
export function knowPlate(state: CameraState, { at, occupancyId, plate }: PlateFact, scene: CameraScene): CameraStep {
	const leading = state.zones.find(
		({ zoneId, leading: stay }) => stay && occupancyIdOf(zoneId, stay.since) === occupancyId,
	)?.leading;
	const tracks = leading ? withPlate(state.tracks, leading.trackId, plate) : state.tracks;
	const open = state.zones.find((zone) => zone.open?.occupancyId === occupancyId)?.open;
	return {
		state: tracks === state.tracks ? state : { ...state, tracks },
		events: open ? knownTooLate(open, plate, scene, at) : [],
		looks: [],
	};
}

function withPlate(tracks: CameraState["tracks"], trackId: number, plate: KnownPlate): CameraState["tracks"] {
	const list = tracks.list.map((track) => {
		const { id, stand } = track;
		return id === trackId && stand && stand.plate?.text !== plate.text
			? { ...track, stand: { ...stand, plate } }
			: track;
	});
	return list.some((track, at) => track !== tracks.list[at]) ? { ...tracks, list } : tracks;
}

function knownTooLate(open: OccupancyPeriod, plate: KnownPlate, scene: CameraScene, at: number): OccupancyEvent[] {
	const { zoneId, occupancyId, enteredAt, label } = open;
	const place = scene.zones.find(({ id }) => id === zoneId);
	const exemption = place && countingByPlate(plate, place, at).exempt;
	if (!exemption) return [];
	const times = { enteredAt, exemptFrom: Math.round(at), seenAt: Math.round(at) };
	const stay = { id: `${occupancyId}.exempt`, trackId: 0, ...times, label, plate, exemption };
	return [{ kind: "exempted", zoneId, at, stay, alertId: occupancyId }];
}
