import type { Detection } from "#core/detection.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import { type Goods, lookAtLanes, watchGoods } from "#core/goods/watch-goods.ts";
import type { GreyPicture } from "#core/picture/grey-picture.ts";

const [width, height] = [160, 90];
export const lanePolygon: Polygon = [
	[0.2, 0.2],
	[0.8, 0.2],
	[0.8, 0.9],
	[0.2, 0.9],
];
/** A place in the lane for something the size of a carton. */
export const lanePlace: Box = { x1: 0.4, y1: 0.4, x2: 0.55, y2: 0.65 };

export interface LaneScene {
	/** Boxes with a look of their own, by seed. */
	readonly things?: readonly { readonly box: Box; readonly seed: number }[];
	readonly people?: readonly Box[];
	/** Where a vehicle is known to stand. */
	readonly standing?: readonly Box[];
	/** Brightness of everything, and darkness of a part of it. */
	readonly light?: number;
	readonly shade?: Box;
	/** What is pale by day is dark, and the rim of the picture is darker. */
	readonly infrared?: boolean;
}

/** A number of its own for each place, 0..1. */
const grain = (seed: number, x: number, y: number) => {
	const mixed = Math.imul(
		Math.imul(x + 1, 73_856_093) ^ Math.imul(y + 1, 19_349_663) ^ Math.imul(seed, 83_492_791),
		2_654_435_761,
	);
	return (mixed >>> 8) / 0xffffff;
};
const isIn = ({ x1, y1, x2, y2 }: Box, x: number, y: number) =>
	x >= x1 * width && x < x2 * width && y >= y1 * height && y < y2 * height;

/** Coarse asphalt; things are coarser and of another brightness; a sensor's noise over it. */
function pictureOf({ things = [], light = 1, shade, infrared }: LaneScene, at: number): GreyPicture {
	const luma = new Uint8Array(width * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const thing = things.findLast(({ box }) => isIn(box, x, y));
			const own = thing ? 60 + 120 * grain(thing.seed, x >> 2, y >> 2) : 100 + 40 * grain(0, x >> 1, y >> 1);
			const dark = shade && isIn(shade, x, y) ? 0.6 : 1;
			const seen = infrared ? (230 - own) * (1 - 0.7 * Math.abs(x / width - 0.5)) : own;
			luma[y * width + x] = Math.min(255, seen * light * dark + 3 * grain(at + 1, x, y));
		}
	}
	return { width, height, luma };
}

/** Looks once a second from `from` (ms) on; returns what is known then. */
export function watchLane(goods: Goods, scene: LaneScene, from: number, seconds: number): Goods {
	let now = goods;
	for (let at = from; at < from + seconds * 1000; at += 1000) {
		const detections = (scene.people ?? []).map((box): Detection => ({ label: "person", confidence: 0.8, box }));
		const look = { at, grey: pictureOf(scene, at), detections, standing: scene.standing ?? [] };
		now = watchGoods(lookAtLanes(now, look), { ...look, zones: [lanePolygon], ignored: [] });
	}
	return now;
}
