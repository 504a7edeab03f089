import type { CalibrationBody, ZoneBody } from "#contract/zones.ts";
import {
	calibrationBy,
	firstPlaces,
	type KnownPlace,
	type KnownPlaces,
	missingMetres,
	placesOf,
	sizeOfPlaces,
	withPlace,
} from "./known-places.ts";
import { sameZones } from "./same-zones.ts";

/** What a person has drawn and measured; what undo brings back. */
export interface Drawing {
	readonly zones: readonly ZoneBody[];
	/** By zone: four places that are being measured. A zone has them here, or in its calibration once they can hold. */
	readonly known: Readonly<Record<string, KnownPlaces>>;
}

/** The four places of a zone, measured or not; null where its size is not asked by points. */
export function knownPlaces({ known }: Pick<Drawing, "known">, zone: ZoneBody): KnownPlaces | null {
	return known[zone.id] ?? placesOf(zone);
}

export function sameDrawing(one: Drawing, other: Drawing): boolean {
	return sameZones(one.zones, other.zones) && JSON.stringify(one.known) === JSON.stringify(other.known);
}

/** Somebody has measured something that is no calibration yet. */
export function hasUnfinishedPlaces({ known }: Pick<Drawing, "known">): boolean {
	return Object.values(known).some((places) => missingMetres(places) < 8);
}

export function withCalibration({ zones, known }: Drawing, id: string, calibration: CalibrationBody | null): Drawing {
	return { zones: calibrated(zones, id, calibration), known: without(known, id) };
}

export function withPlacesAsked(drawing: Drawing, id: string): Drawing {
	const zone = zoneOf(drawing, id);
	return zone && !knownPlaces(drawing, zone) ? settled(drawing, id, firstPlaces(zone)) : drawing;
}

/** Back to width and length: what the points said is gone, unless a width and a length say the same. */
export function withSizeAsked(drawing: Drawing, id: string): Drawing {
	const zone = zoneOf(drawing, id);
	const places = zone && knownPlaces(drawing, zone);
	return places ? withCalibration(drawing, id, sizeOfPlaces(places, zone.polygon)) : drawing;
}

export function withPlaceChanged(
	drawing: Drawing,
	{ id, index }: { readonly id: string; readonly index: number },
	change: Partial<KnownPlace>,
): Drawing {
	const zone = zoneOf(drawing, id);
	const places = zone && knownPlaces(drawing, zone);
	return places ? settled(drawing, id, withPlace(places, index, change)) : drawing;
}

/** Places that could not hold for a zone's old shape may hold for its new one. */
export function withPlacesSettled(drawing: Drawing, id: string): Drawing {
	const places = drawing.known[id];
	return places ? settled(drawing, id, places) : drawing;
}

/** The places become the zone's calibration once they can be one, and cease to be it when they no longer can. */
function settled({ zones, known }: Drawing, id: string, places: KnownPlaces): Drawing {
	const calibration = calibrationBy(places, zoneOf({ zones }, id)?.polygon ?? []);
	if (calibration === null || typeof calibration === "string") {
		return { zones: calibrated(zones, id, null), known: { ...known, [id]: places } };
	}
	return { zones: calibrated(zones, id, calibration), known: without(known, id) };
}

function calibrated(zones: Drawing["zones"], id: string, calibration: CalibrationBody | null): Drawing["zones"] {
	return zones.map((zone): ZoneBody => {
		if (zone.id !== id) return zone;
		if (calibration) return { ...zone, calibration };
		const changed = { ...zone };
		delete changed.calibration;
		return changed;
	});
}

function without(known: Drawing["known"], id: string): Drawing["known"] {
	return Object.fromEntries(Object.entries(known).filter(([each]) => each !== id));
}

const zoneOf = ({ zones }: Pick<Drawing, "zones">, id: string) => zones.find((zone) => zone.id === id);
