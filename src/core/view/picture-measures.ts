import { cellsOf, freeOf } from "./cells.ts";
import { type EdgeMap, edgeMapOf } from "./edge-map.ts";
import { type Light, lightOf } from "./light.ts";
import { type Sharpness, sharpnessOf } from "./sharpness.ts";
import { shrink } from "./shrink.ts";
import type { ViewLook } from "./types.ts";

/** All that is measured of one picture by itself. */
export interface PictureMeasures {
	readonly light: Light;
	readonly edges: EdgeMap;
	readonly sharpness: Sharpness;
	/** 1 for each point of the edge map that no box hides. */
	readonly free: Uint8Array;
	/** Share of the picture that no box hides. */
	readonly freeShare: number;
}

export function measure({ grey, moving }: ViewLook): PictureMeasures {
	const plane = shrink(grey);
	const edges = edgeMapOf(plane);
	const free = freeOf(moving, edges.columns, edges.rows);
	const sharpness = sharpnessOf(plane, cellsOf(edges.columns, edges.rows));
	return {
		light: lightOf(plane),
		edges,
		sharpness,
		free,
		freeShare: free.reduce((sum, one) => sum + one, 0) / free.length,
	};
}
