import { sizeRangeM } from "#core/clearance/calibration.ts";
import { placeRangeM } from "./known-places.ts";

/** Metres as people type them, also with a comma or with full-width signs; null for what is no side of a lane. */
export function sideMetresOf(text: string): number | null {
	return within(numberOf(text), sizeRangeM);
}

/** As far as anybody measures from a place of their own choice, to either side. */
export function placeMetresOf(text: string): number | null {
	return within(numberOf(text), placeRangeM);
}

function numberOf(text: string): number {
	const plain = text.normalize("NFKC").trim().replace("−", "-").replace(/[,。]/, ".");
	return /^-?\d{1,4}(\.\d{0,2})?$/.test(plain) ? Number(plain) : Number.NaN;
}

function within(metres: number, { min, max }: { readonly min: number; readonly max: number }): number | null {
	return metres >= min && metres <= max ? metres + 0 : null;
}
