import { type LineSteps, joinLines } from "#core/plates/decode-line.ts";
import { type ColourShares, colourSharesOf, plateSharpness, type PlatePixels } from "#core/plates/plate-look.ts";
import { mostLoss } from "#core/plates/combine-lines.ts";
import { type PlateLine, readLine } from "#core/plates/read-line.ts";
import type { ModelSession } from "../detect/model-session.ts";
import type { ReaderSpec } from "../models/model-manifest.ts";
import { lineHeight, readSteps } from "./line-reader.ts";
import type { PlatePlace } from "./plate-place.ts";
import { inside, type Quad, sidesOf } from "./quad.ts";
import { type Picture, warp } from "./warp.ts";

/** One reading of one place, before readings of the same plate are brought together. Pixels. */
export interface Reading extends PlateLine {
	readonly quad: Quad;
	readonly rows: 1 | 2;
	readonly sharpness: number;
	readonly widthPx: number;
	readonly shares: ColourShares;
}

export interface Reader {
	readonly session: ModelSession;
	readonly spec: ReaderSpec;
}

/** The finder's box often clips the province's sign: each place is read in several sizes, this one first. */
const firstExpansion = 1.12;
const otherExpansions = [1, 1.25] as const;
/** A place whose first reading costs more than this is not read again. */
const hopeless = 14;
/** One row of text: width by height, seen from the side and from the front. */
const rowAspect = [1.4, 9] as const;
/** A whole plate with two rows, or its lower row alone. */
const twoRowsAspect = [1, 3] as const;
const lowerRowAspect = [1.6, 5] as const;

export async function readPlace(reader: Reader, picture: Picture, place: PlatePlace): Promise<Reading[]> {
	if (sidesOf(place.quad).width < leastWidthPx) return [];
	const readings: Reading[] = [];
	for (const shape of shapesOf(place)) {
		// Two rows are looked for only where one is not what is there.
		if (shape.rows === 2 && readings.some(({ loss }) => loss <= mostLoss)) break;
		const first = await shape.read(reader, picture, firstExpansion);
		if (!first || first.loss > hopeless) continue;
		readings.push(first);
		for (const by of otherExpansions) {
			const again = await shape.read(reader, picture, by);
			if (again) readings.push(again);
		}
		if (first.loss < good) break;
	}
	return readings;
}

/** Pixels; a narrower plate cannot be read. */
const leastWidthPx = 28;
const good = 1;

type Shape = {
	readonly rows: 1 | 2;
	read: (reader: Reader, picture: Picture, by: number) => Promise<Reading | null>;
};

/** What a place may be: a row, a row that leans, two rows, or the lower of two rows. */
function shapesOf({ quad, sheared, rows }: PlatePlace): Shape[] {
	const { width, height } = sidesOf(quad);
	const isLike = ([least, most]: readonly [number, number]) => width >= least * height && width <= most * height;
	const one = (of: Quad): Shape => ({
		rows: 1,
		read: (reader, picture, by) => readRows(reader, picture, scaled(of, by), [scaled(of, by)]),
	});
	const two: Shape = { rows: 2, read: (reader, picture, by) => readBothRows(reader, picture, scaled(quad, by)) };
	const below: Shape = { rows: 2, read: (reader, picture, by) => readFromLowerRow(reader, picture, scaled(quad, by)) };
	if (rows === "two") return [two];
	if (rows === "one") return [one(quad)];
	return [
		...(sheared ? [one(sheared)] : []),
		...(isLike(rowAspect) ? [one(quad)] : []),
		...(isLike(twoRowsAspect) ? [two] : []),
		...(isLike(lowerRowAspect) ? [below] : []),
	];
}

function scaled(quad: Quad, by: number): Quad {
	const k = (by - 1) / 2;
	return inside(quad, [-k, -k, 1 + k, 1 + k]);
}

const readBothRows = (reader: Reader, picture: Picture, quad: Quad) =>
	readRows(reader, picture, quad, [inside(quad, [0, 0, 1, 5 / 12]), inside(quad, [0, 1 / 3, 1, 1])]);

/** Above the lower row's letters, which are the larger ones, stand province and office. */
const readFromLowerRow = (reader: Reader, picture: Picture, lower: Quad) =>
	readRows(reader, picture, inside(lower, [0, -0.8, 1, 1]), [inside(lower, [0.05, -0.8, 0.95, 0.02]), lower]);

/** `parts`: the rows of the plate, from above. */
async function readRows(reader: Reader, picture: Picture, quad: Quad, parts: readonly Quad[]): Promise<Reading | null> {
	const lines: LineSteps[] = [];
	const looks: PlatePixels[] = [];
	for (const part of parts) {
		const line = straighten(picture, part, reader.spec);
		if (!line) return null;
		looks.push(line);
		lines.push(await readSteps(reader.session, reader.spec, line));
	}
	const last = looks.at(-1);
	if (!last) return null;
	const shares = colourSharesOf(last);
	const read = readLine(joinLines(lines), shares);
	const { width } = sidesOf(quad);
	const rows = parts.length === 1 ? 1 : 2;
	return read && { ...read, quad, rows, shares, sharpness: plateSharpness(last), widthPx: width };
}

function straighten(picture: Picture, quad: Quad, { input }: ReaderSpec): PlatePixels | null {
	const { width, height } = sidesOf(quad);
	const step = input.multipleOf ?? 1;
	const wanted = Math.round((lineHeight * width) / Math.max(1, height) / step) * step;
	return warp(picture, quad, Math.max(96, Math.min(input.maxSide, wanted)), lineHeight);
}
