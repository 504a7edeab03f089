import { copyPixels, scaled, takePixels, type Values } from "./cell-pixels.ts";
import type { Layers, LayersLook } from "./layers.ts";
import { kept, type Light, newLight, type OtherLight } from "./light.ts";
import { never } from "./never.ts";
import { gainOf, isAlikeIn, type PictureSums, sumsOf } from "./picture-sums.ts";
import { fine, type FinePicture, isCellAlike } from "./window.ts";

/** A look beside a reference. */
export interface Compared {
	/** By how much the look is brighter. */
	readonly gain: number;
	/** 1 for the visible cells that look like it. */
	readonly same: Uint8Array;
	/** Share of the visible cells that look like it; null where too few are visible and known. */
	readonly alike: number | null;
}

/** Share of all cells that must be visible and known to tell the light. */
const minVisible = 0.3;
/**
 * Another light makes most of the picture unlike the reference from one look to the next. Clouds and leaves take longer,
 * snow much longer, and what drives up hides less.
 */
const strange = { below: 0.5, ofBefore: 0.55, before: 0.6 };
/** The camera's exposure has come to rest when so much of the picture has been the same for so long … */
const settled = { share: 0.8, ms: 2_000 };
/** … and what does not come to rest is no light. */
const longestWaitMs = 20_000;
/** A light is known again by this share of the visible cells. */
const fits = 0.6;

export function compare({ grid, reference, known }: Layers, { luma, hidden }: LayersLook): Compared {
	return compareWith(
		sumsOf(grid, luma, reference),
		known.map((one, cell) => one & (1 - hidden[cell]!)),
	);
}

/** @param cells 1 for those that are visible and known */
function compareWith(sums: PictureSums, cells: Uint8Array): Compared {
	const gain = gainOf(sums, cells);
	const same = new Uint8Array(cells.length);
	let [visible, alike] = [0, 0];
	for (let cell = 0; cell < cells.length; cell++) {
		if (cells[cell] === 0) continue;
		visible += 1;
		if (!isAlikeIn(sums, cell, gain)) continue;
		alike += 1;
		same[cell] = 1;
	}
	return { gain, same, alike: visible < minVisible * cells.length ? null : alike / visible };
}

/** Whether the look may be one in another light. */
export function isStrange({ alike: before, strangeSince }: Layers, { alike }: Compared): boolean {
	if (alike === null) return false;
	if (strangeSince !== never) return alike < strange.below;
	return before >= strange.before && alike < Math.min(strange.below, strange.ofBefore * before);
}

/** A look in no known light tells nothing of what stands and lies there, until the picture is at rest. */
export function waitForLight(before: Layers, seen: LayersLook, gain: number) {
	const { at, luma, hidden } = seen;
	const since = before.strangeSince === never ? at : before.strangeSince;
	const passingSince = before.passingSince.slice();
	const hiddenAt = before.hiddenAt.slice();
	let [visible, atRest] = [0, 0];
	for (let cell = 0; cell < hidden.length; cell++) {
		if (hidden[cell] === 1) {
			hiddenAt[cell] = at;
			continue;
		}
		const isSame = since !== at && isCellAlike(before.grid, luma, before.passing, cell, gain / before.gain, 1);
		if (!isSame || passingSince[cell] === never) passingSince[cell] = at;
		visible += 1;
		if (at - passingSince[cell]! >= settled.ms) atRest += 1;
	}
	const layers: Layers = { ...before, passing: luma, gain, passingSince, hiddenAt, strangeSince: since };
	if (atRest >= settled.share * visible) return { state: "settled", layers } as const;
	return { state: at - since >= longestWaitMs ? "restless" : "waits", layers } as const;
}

/** Goes on with what the empty lane looks like in this light, or begins to learn it from this look. */
export function changeLight(before: Layers, seen: LayersLook): Layers {
	const found = bestOf(before, seen);
	const { known } = found?.light ?? { known: new Uint8Array(before.known.length) };
	const others = before.otherLights.filter((light) => light !== found?.light);
	const layers: Layers = {
		...before,
		reference: found ? pictureOf(found.light) : new Uint16Array(before.reference.length),
		known: known.slice(),
		present: before.present.slice(),
		presentSince: before.presentSince.slice(),
		presentAt: before.presentAt.slice(),
		passingSince: before.passingSince.slice(),
		freeSince: new Float64Array(known.length).fill(never),
		gain: found?.gain ?? 1,
		light: lightOf(found?.light ?? newLight(never), seen.at),
		alike: 0,
		strangeSince: never,
		otherLights: kept(others, before.light, before.reference, before.known),
	};
	const values = scaled(fine / layers.gain);
	/** From the exposure of the layers before to that of these. */
	const scale = before.gain / layers.gain;
	for (let cell = 0; cell < known.length; cell++) {
		if (seen.taken[cell] === 1) carry(before, layers, seen, { cell, values, scale });
		else begin(layers, seen, { cell, values, learns: found === null });
	}
	return layers;
}

/** What stands or lies there stands and lies there still, however it looks now. */
function carry(
	before: Layers,
	layers: Layers,
	{ at, luma, hidden }: LayersLook,
	{ cell, values, scale }: { readonly cell: number; readonly values: Values; readonly scale: number },
): void {
	const { grid, reference, present, presentSince, presentAt, passingSince } = layers;
	passingSince[cell] = never;
	if (hidden[cell] === 1) copyPixels(grid, present, before.present, cell, scale);
	else takePixels(grid, present, luma, cell, values);
	if (layers.known[cell] === 1) return;
	copyPixels(grid, reference, before.reference, cell, scale);
	if (presentSince[cell] === never) presentSince[cell] = at;
	if (hidden[cell] === 0) presentAt[cell] = at;
}

/** Nothing is known to stand there: either it is known how the lane looks there, or this is what it looks like. */
function begin(
	{ grid, reference, present, known, presentSince, passingSince }: Layers,
	{ at, luma, hidden }: LayersLook,
	{ cell, values, learns }: { readonly cell: number; readonly values: Values; readonly learns: boolean },
): void {
	takePixels(grid, present, luma, cell, values);
	presentSince[cell] = never;
	if (known[cell] === 0) {
		takePixels(grid, reference, luma, cell, values);
		if (!learns || hidden[cell] === 1 || at - passingSince[cell]! < settled.ms) return;
		known[cell] = 1;
	}
	passingSince[cell] = never;
}

/** The light in which the lane looked most as it does now. */
function bestOf({ grid, otherLights }: Layers, { luma, hidden }: LayersLook) {
	let best: { readonly light: OtherLight; readonly gain: number; readonly alike: number } | null = null;
	for (const light of otherLights) {
		const cells = light.known.map((one, cell) => one & (1 - hidden[cell]!));
		const { gain, alike } = compareWith(sumsOf(grid, luma, pictureOf(light)), cells);
		if (alike !== null && alike >= Math.max(fits, best?.alike ?? 0)) best = { light, gain, alike };
	}
	return best;
}

const pictureOf = ({ picture }: OtherLight): FinePicture => Uint16Array.from(picture, (value) => value * fine);

const lightOf = ({ seenAt, seenMs, hours }: Light, since: number): Light => ({ since, seenAt, seenMs, hours });
