import type { CameraFact, CameraScene } from "#core/camera.ts";
import { initialCameraState, reduceCamera, type CameraState } from "#core/camera.ts";
import type { Box } from "#core/geometry/shapes.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import type { GreyPicture } from "#core/picture/grey-picture.ts";
import { defaultPolicy, type Policy } from "#core/scene.ts";

/** Something in front of a camera that exists in the test alone. */
export interface SyntheticThing {
	readonly label: string;
	readonly confidence?: number;
	/** Where it is at `at` (ms), null while it is not in the picture. */
	readonly boxAt: (at: number) => Box | null;
	/** Whether the model sees it; by default always. */
	readonly seenAt?: (at: number) => boolean;
	/** Two things of different seeds look different. */
	readonly seed: number;
}

const usualSize = { width: 96, height: 54 };

/** What the camera would see: ground with a texture, and each thing with its own, the last in front. */
export function greyPictureOf(things: readonly SyntheticThing[], at: number, size = usualSize): GreyPicture {
	const luma = new Uint8Array(size.width * size.height);
	for (let y = 0; y < size.height; y++) {
		for (let x = 0; x < size.width; x++) luma[y * size.width + x] = texture(0, x, y);
	}
	for (const { seed, boxAt } of things) {
		const box = boxAt(at);
		if (!box) continue;
		const [left, top] = [Math.round(box.x1 * size.width), Math.round(box.y1 * size.height)];
		for (let y = Math.max(0, top); y < Math.min(size.height, Math.round(box.y2 * size.height)); y++) {
			for (let x = Math.max(0, left); x < Math.min(size.width, Math.round(box.x2 * size.width)); x++) {
				luma[y * size.width + x] = texture(seed, x - left, y - top);
			}
		}
	}
	return withNoise({ ...size, luma }, at);
}

/** No two pictures of a camera are the same, byte by byte: one that gives the same again and again has frozen. */
function withNoise({ luma, ...size }: GreyPicture, at: number): GreyPicture {
	let state = (Math.imul(Math.floor(at) + 1, 2_654_435_761) | 1) >>> 0;
	return {
		...size,
		luma: luma.map((value) => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return value + (state >>> 30) - 1;
		}),
	};
}

export function lookAt(
	things: readonly SyntheticThing[],
	at: number,
	size = usualSize,
): CameraFact & { kind: "frame" } {
	const detections = things.flatMap(({ label, confidence = 0.8, boxAt, seenAt = () => true }) => {
		const box = boxAt(at);
		return box && seenAt(at) ? [{ label, confidence, box }] : [];
	});
	return { kind: "frame", capturedAt: at, detections, grey: greyPictureOf(things, at, size) };
}

/** Looks at the things from `fromMs` to `toMs`, every `everyMs`. */
export function looks(
	things: readonly SyntheticThing[],
	{ fromMs = 0, toMs, everyMs = 1000 }: { fromMs?: number; toMs: number; everyMs?: number },
): CameraFact[] {
	const facts: CameraFact[] = [];
	for (let at = fromMs; at <= toMs; at += everyMs) facts.push(lookAt(things, at));
	return facts;
}

export function run(
	facts: readonly CameraFact[],
	scene: CameraScene,
	from: CameraState = initialCameraState(),
): { state: CameraState; events: OccupancyEvent[] } {
	let state = from;
	const events: OccupancyEvent[] = [];
	for (const fact of facts) {
		const step = reduceCamera(state, fact, scene);
		state = step.state;
		events.push(...step.events);
	}
	return { state, events };
}

/** Each occupancy in its last version. */
export function periodsOf(events: readonly OccupancyEvent[]): OccupancyPeriod[] {
	const periods = new Map<string, OccupancyPeriod>();
	for (const event of events) {
		if (event.kind === "raised" || event.kind === "cleared") periods.set(event.period.occupancyId, event.period);
	}
	return [...periods.values()];
}

export const shortDelays: Policy = { ...defaultPolicy, vehicleOnDelayMs: 5_000, offDelayMs: 3_000 };

/** One lane across the middle of the picture. */
export function oneLane(policy: Policy = shortDelays): CameraScene {
	return { zones: [{ id: "lane", kind: "fire_lane", polygon: middle, policy }] };
}

const middle = [
	[0.3, 0.3],
	[0.7, 0.3],
	[0.7, 0.7],
	[0.3, 0.7],
] as const;

/** A box of a car's size whose upper left corner is at `x`, `y`. */
export function carBox(x: number, y = 0.4): Box {
	return { x1: x, y1: y, x2: x + 0.15, y2: y + 0.2 };
}

/** Drives in from the left, stands at `x` from `arrivesMs` to `leavesMs`, and drives out to the right. */
export function standsFrom(arrivesMs: number, leavesMs: number, x = 0.42, y = 0.4) {
	const perMs = 0.0002;
	return (at: number): Box | null => {
		const here = at < arrivesMs ? x - (arrivesMs - at) * perMs : at > leavesMs ? x + (at - leavesMs) * perMs : x;
		return here < 0 || here > 0.85 ? null : carBox(here, y);
	};
}

/** Blotches of a few pixels, 30..220. */
function texture(seed: number, x: number, y: number): number {
	let hash = (Math.floor(x / 3) * 374_761_393 + Math.floor(y / 3) * 668_265_263 + seed * 2_147_483_647) | 0;
	hash = Math.imul(hash ^ (hash >>> 13), 1_274_126_177);
	return 30 + (((hash ^ (hash >>> 16)) >>> 0) % 190);
}
