import { combineLines } from "#core/plates/combine-lines.ts";
import type { PlateRead } from "#core/plates/plate-read.ts";
import type { ModelSession } from "../detect/model-session.ts";
import type { FinderSpec } from "../models/model-manifest.ts";
import { withoutRepeats } from "./best-first.ts";
import { findPlaces } from "./plate-finder.ts";
import { boundsOf } from "./quad.ts";
import { type Reader, readPlace } from "./read-places.ts";
import type { Picture } from "./warp.ts";

export interface PlateModels {
	readonly finder: { readonly session: ModelSession; readonly spec: FinderSpec };
	readonly reader: Reader;
}

/** Where much is written (a bus, a shop front), not all of it can be read in time: the likeliest places are. */
const mostPlaces = 24;

/** Finds and reads the plates of one picture, the best first; runs for as long as the models compute. */
export async function readPicture({ finder, reader }: PlateModels, picture: Picture): Promise<PlateRead[]> {
	const places = await findPlaces(finder.session, finder.spec, picture);
	const reads: PlateRead[] = [];
	for (const place of places.slice(0, mostPlaces)) {
		const combined = combineLines(await readPlace(reader, picture, place));
		if (!combined) continue;
		const { line, text, characters, confidence } = combined;
		const { plateClass, colour, sharpness, widthPx, rows } = line;
		const { x1, y1, x2, y2 } = boundsOf(line.quad);
		const [across, down] = [within(picture.width), within(picture.height)];
		const box = { x1: across(x1), y1: down(y1), x2: across(x2), y2: down(y2) };
		if (box.x2 <= box.x1 || box.y2 <= box.y1) continue;
		reads.push({ text, characters, plateClass, colour, confidence, sharpness, widthPx, rows, box });
	}
	return withoutRepeats(reads);
}

const within = (pixels: number) => (at: number) => Math.min(Math.max(at / pixels, 0), 1);
