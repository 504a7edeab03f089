import { expect, test } from "vitest";
import type { CameraScene } from "#core/camera.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { defaultPolicy } from "#core/scene.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import { DayCamera, dayScene } from "../day/day-camera.ts";
import type { DayThing } from "../day/things.ts";

const beginsAt = 1_800_000_000_000;
const policy = { ...defaultPolicy, vehicleOnDelayMs: 10_000, objectOnDelayMs: 10_000, offDelayMs: 3_000 };
const scene: CameraScene = { zones: dayScene.zones.map((zone) => ({ ...zone, policy })) };

/** Stands from 15 s to 50 s. */
const car: DayThing = {
	id: 1_001,
	label: "car",
	width: 0.17,
	height: 0.22,
	path: [
		{ at: 10_000, x: -0.1, y: 0.64 },
		{ at: 15_000, x: 0.5, y: 0.64 },
		{ at: 50_000, x: 0.5, y: 0.64 },
		{ at: 55_000, x: 1.1, y: 0.64 },
	],
};

/** What is told of it, told in times from the beginning as the clock had it before it was set by `byMs` at `setAt`. */
async function toldWhenSet(byMs: number, setAt: number): Promise<unknown> {
	const piece = { name: "a car stands", things: [car], stretch: null, endsAt: 80_000 };
	const camera = new DayCamera({ seed: 3, lastsMs: 1_000_000, pieces: [piece], gaps: [], kills: [] });
	let offMs = 0;
	// What it sees goes by the day, and the day by true time.
	const detector: Detector = {
		close: () => camera.detector.close(),
		detect: (frame, ...rest) =>
			camera.detector.detect({ ...frame, capturedAt: frame.capturedAt - beginsAt - offMs }, ...rest),
	};
	const pipeline = new CameraPipeline({ scene, detector });
	const events: OccupancyEvent[] = [];
	for (let at = 0; at < 80_000; at += 500) {
		if (offMs === 0 && at >= setAt) {
			offMs = byMs;
			pipeline.moveInstants(byMs);
		}
		const frame = camera.frameAt(at);
		const told = await pipeline.take({ ...frame, capturedAt: beginsAt + frame.capturedAt + offMs });
		events.push(...told.map((event) => inOldTime(event, offMs) as OccupancyEvent));
	}
	return events;
}

/** Every number that is an instant of the new time. */
function inOldTime(value: unknown, offMs: number): unknown {
	if (typeof value === "number") return value > beginsAt / 2 ? value - offMs : value;
	if (Array.isArray(value)) return value.map((each) => inOldTime(each, offMs));
	if (typeof value !== "object" || value === null) return value;
	// An occupancy is named by its instant.
	const entries = Object.entries(value).filter(([name]) => name !== "occupancyId");
	return Object.fromEntries(entries.map(([name, each]) => [name, inOldTime(each, offMs)]));
}

test.each([
	[3_600_000, "before anything came", 5_000],
	[-3_600_000, "before anything came", 5_000],
	[3_600_000, "while something stands", 30_000],
	[-3_600_000, "while something stands", 30_000],
	[-3_600_000, "while it leaves", 52_000],
])(
	"the clock being set by %i ms %s, the same is told",
	async (byMs, _, setAt) => {
		const told = await toldWhenSet(byMs, setAt);
		expect(told).toEqual(await toldWhenSet(0, 0));
		expect(JSON.stringify(told)).toContain("cleared");
	},
	60_000,
);
