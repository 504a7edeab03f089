import type { GreyPicture } from "#core/picture/grey-picture.ts";
import { initialViewState, judgeView, type ViewLook, type ViewState, type ViewVerdict } from "#core/view/judge-view.ts";

/** Brightness 0..255 at a place, 0..1 of the picture's sides; beyond the picture as well, where a camera may turn to. */
export type Scene = (x: number, y: number) => number;

export interface ViewStory {
	readonly pictureAt: (at: number) => GreyPicture;
	readonly fromMs?: number;
	readonly toMs: number;
	readonly everyMs?: number;
}

interface Size {
	readonly width: number;
	readonly height: number;
}
const usualSize: Size = { width: 128, height: 72 };

/** Houses, kerbs and posts: boxes of sharp edges, the later in front, on ground with a little texture. */
export function sceneOf(seed: number): Scene {
	const random = randomOf(seed * 7_919);
	const things = Array.from({ length: 90 }, () => {
		const [left, top] = [random() * 1.8 - 0.4, random() * 1.8 - 0.4];
		return {
			left,
			top,
			right: left + 0.04 + random() * 0.2,
			bottom: top + 0.04 + random() * 0.25,
			tone: 40 + random() * 170,
		};
	}).reverse();
	return (x, y) => {
		const thing = things.find(({ left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom);
		return (thing?.tone ?? 100) + 8 * Math.sin(x * 90) * Math.sin(y * 70);
	};
}

/** The scene as a camera sees it: with the sensor's noise, and a car that crosses it again and again. */
export function driving(scene: Scene, size: Size = usualSize, turnedBy = 0): (at: number) => GreyPicture {
	const still = pictureOf((x, y) => scene(x - turnedBy, y), size);
	return (at) => {
		const left = ((at / 7_000) % 1.6) - 0.4;
		const car: Scene = (x, y) => (x > left && x < left + 0.2 && y > 0.55 && y < 0.75 ? 210 : NaN);
		return toned(
			still,
			(value, x, y) => {
				const tone = car(x, y);
				return Number.isNaN(tone) ? value : tone;
			},
			1.5,
			at,
		);
	};
}

/** The same street from a camera that was turned: what was at x is at x + by (0..1 of the width). */
export function shifted(by: number): (at: number) => GreyPicture {
	return driving(sceneOf(1), usualSize, by);
}

/** A picture with a noise of `deviation` that differs from instant to instant. */
export function mixed(scene: Scene, deviation: number, at: number, size: Size = usualSize): GreyPicture {
	return toned(pictureOf(scene, size), (value) => value, deviation, at);
}

export function toned(
	picture: GreyPicture,
	tone: (value: number, x: number, y: number) => number,
	deviation = 0,
	at = 0,
): GreyPicture {
	const { width, height } = picture;
	const random = randomOf(at + 1);
	const luma = picture.luma.map((value, i) => {
		const noise = deviation === 0 ? 0 : (random() + random() + random() - 1.5) * 2 * deviation;
		return byteOf(tone(value, (i % width) / width, Math.floor(i / width) / height) + noise);
	});
	return { width, height, luma };
}

/** Out of focus by about so many pixels: the box blur three times. */
export function blurred(picture: GreyPicture, radius: number): GreyPicture {
	const { width, height } = picture;
	const reach = Math.round(radius);
	let values = Float32Array.from(picture.luma);
	for (let pass = 0; pass < 3; pass++) {
		for (const [dx, dy] of [
			[1, 0],
			[0, 1],
		] as const) {
			values = values.map((_, i) => {
				const [x, y] = [i % width, Math.floor(i / width)];
				let sum = 0;
				for (let k = -reach; k <= reach; k++) {
					const [fromX, fromY] = [within(x + k * dx, width), within(y + k * dy, height)];
					sum += values[fromY * width + fromX]!;
				}
				return sum / (2 * reach + 1);
			});
		}
	}
	return { width, height, luma: Uint8Array.from(values, byteOf) };
}

export function viewLooks({ pictureAt, fromMs = 0, toMs, everyMs = 1_000 }: ViewStory): ViewLook[] {
	const looks: ViewLook[] = [];
	for (let at = fromMs; at <= toMs; at += everyMs) looks.push({ at, grey: pictureAt(at), moving: [] });
	return looks;
}

export function watch(
	looks: readonly ViewLook[],
	from: ViewState = initialViewState(),
): (ViewVerdict & { at: number })[] {
	let state = from;
	return looks.map((look) => {
		const step = judgeView(state, look);
		state = step.state;
		return { at: look.at, ...step.verdict };
	});
}

function pictureOf(scene: Scene, { width, height }: Size): GreyPicture {
	const luma = new Uint8Array(width * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) luma[y * width + x] = byteOf(scene(x / width, y / height));
	}
	return { width, height, luma };
}

function randomOf(seed: number): () => number {
	let state = (seed * 2_654_435_761) | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 4_294_967_296;
	};
}

const byteOf = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
const within = (index: number, length: number) => Math.max(0, Math.min(length - 1, index));
