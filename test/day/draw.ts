import { chance } from "./chance.ts";
import type { Light } from "./light.ts";
import { boxAt, type DayThing } from "./things.ts";

export const pictureSize = { width: 128, height: 72 };
const { width, height } = pictureSize;

/** How bright each pixel of a thing is by daylight and by infrared: painted surfaces change places there. */
interface Surface {
	readonly width: number;
	readonly height: number;
	readonly day: Uint8Array;
	readonly infrared: Uint8Array;
}

/** Asphalt is smoother than what stands on it. */
const ground = paint(0, width, height, 95, 18);
const surfaces = new Map<number, Surface>();
/** As much of it as a picture needs is taken from a place that changes from picture to picture. */
const noise = Int8Array.from({ length: 1 << 17 }, (_, index) => Math.round(16 * bellOf(index)));

/** Brightness of the picture at an instant, row by row. `things`: those behind first. */
export function draw(things: readonly DayThing[], at: number, light: Light): Uint8ClampedArray {
	const picture = new Uint8ClampedArray(width * height);
	picture.set(light.infrared ? ground.infrared : ground.day);
	for (const thing of things) {
		const box = boxAt(thing, at);
		if (!box) continue;
		const surface = surfaceOf(thing);
		const pixels = light.infrared ? surface.infrared : surface.day;
		const [left, top] = [Math.round(box.x1 * width), Math.round(box.y1 * height)];
		for (let y = Math.max(0, top); y < Math.min(height, top + surface.height); y++) {
			const [from, to] = [Math.max(0, left), Math.min(width, left + surface.width)];
			for (let x = from; x < to; x++) {
				picture[y * width + x] = pixels[(y - top) * surface.width + x - left] ?? 0;
			}
		}
	}
	const start = Math.floor(chance(at) * (noise.length - picture.length));
	const { gain } = light;
	const noiseGain = light.noise / 16;
	for (let i = 0; i < picture.length; i++) {
		picture[i] = gain * (picture[i] ?? 0) + noiseGain * (noise[start + i] ?? 0);
	}
	return picture;
}

function surfaceOf(thing: DayThing): Surface {
	const known = surfaces.get(thing.id);
	if (known) return known;
	const [w, h] = [Math.round(thing.width * width), Math.round(thing.height * height)];
	const brightness = thing.label === null ? 150 : 60; // cardboard is brighter than asphalt
	const made = paint(thing.id, w, h, brightness + 60 * chance(thing.id, 7), 40);
	surfaces.set(thing.id, made);
	return made;
}

/** Blotches of two sizes around a mean. */
function paint(seed: number, w: number, h: number, mean: number, contrast: number): Surface {
	const of = (kind: number, turn: number) =>
		Uint8Array.from({ length: w * h }, (_, index) => {
			const [x, y] = [index % w, Math.floor(index / w)];
			const coarse = chance(seed, kind, x >> 3, y >> 3) - 0.5;
			const fine = chance(seed, kind + 1, x >> 1, y >> 1) - 0.5;
			return Math.min(235, Math.max(15, mean + turn + 2 * contrast * (0.6 * coarse + 0.5 * fine)));
		});
	const [day, other] = [of(1, 0), of(3, 40 * (chance(seed, 9) - 0.5))];
	return { width: w, height: h, day, infrared: day.map((value, index) => 0.6 * value + 0.4 * (other[index] ?? 0)) };
}

function bellOf(index: number): number {
	return 2 * (chance(index, 1, 77) + chance(index, 2, 77) + chance(index, 3, 77) - 1.5);
}
