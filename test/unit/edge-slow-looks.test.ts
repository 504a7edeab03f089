import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CameraScene } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import { defaultPolicy } from "#core/scene.ts";
import type { LaneStateMessage } from "#contract/messages/index.ts";
import type { CameraRecords } from "../../edge/camera-records.ts";
import { CameraWatch } from "../../edge/camera-watch.ts";
import { SteadyClock } from "../../edge/clock/steady-clock.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { silentLog } from "../support/watched-camera.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const scene: CameraScene = {
	zones: [
		{
			...{ id: "gate", kind: "fire_lane", policy: defaultPolicy },
			polygon: [
				[0.1, 0.1],
				[0.9, 0.1],
				[0.9, 0.9],
			],
		},
	],
};
const never = new AbortController().signal;

/** A watch whose model needs so long for the next looks; the clock of this test is the machine's. */
async function startWatch() {
	const said: LaneStateMessage[] = [];
	const clock = new SteadyClock({ wall: Date.now, monotonic: () => performance.now() });
	let lookMs = 100;
	const watch = new CameraWatch({
		...{ cameraId: "cam-1", scene, say: (message) => void said.push(message), forgetLane: () => {}, log: silentLog },
		records: { load: () => null, record: async () => {}, save: async () => {} } as unknown as CameraRecords,
		detector: {
			detect: () => new Promise<Detection[]>((resolve) => setTimeout(() => resolve([]), lookMs)),
			close: () => Promise.resolve(),
		},
		time: clock,
	});
	await watch.begin();
	const take = () => {
		const capturedAt = Date.now();
		const rgb = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 37 + ((capturedAt * i) % 11)) % 256); // a view, not frozen
		return watch.take({ capturedAt, width: 64, height: 48, rgb } satisfies Frame, never);
	};
	const tickFor = async (seconds: number) => {
		for (let i = 0; i < seconds; i += 1) {
			await vi.advanceTimersByTimeAsync(1_000);
			await watch.tick();
		}
	};
	const last = () => said.at(-1);
	for (let i = 0; i < 4; i += 1) {
		const taken = take();
		await tickFor(1);
		await taken;
	}
	expect(last()).toMatchObject({ state: "clear", reason: null });
	return { watch, take, tickFor, last, said, slowDown: () => (lookMs = 20_000) };
}

test("a look that takes long leaves the lane unknown within ten seconds, and its answer counts from when it came", async () => {
	const { take, tickFor, last, slowDown, said } = await startWatch();
	slowDown();
	const taken = take();
	await tickFor(9);
	expect(last()).toMatchObject({ state: "unknown" });
	await tickFor(11);
	await taken;
	expect(last()).toMatchObject({ state: "clear" });
	const unknown = said.find(({ state, since }) => state === "unknown" && since > (said[1]?.at ?? 0));
	expect(last()?.since).toBeGreaterThan(unknown?.since ?? Infinity);
	expect(last()?.since).toBeLessThanOrEqual(Date.now());
});

test("a camera that is lost during a long look is unknown at once, and stays it when the answer comes", async () => {
	const { watch, take, tickFor, last, slowDown } = await startWatch();
	slowDown();
	const taken = take();
	await tickFor(1);
	await watch.blind("stream_lost"); // does not wait for the look, or the next connection would
	expect(last()).toMatchObject({ state: "unknown", reason: "stream_lost" });
	await tickFor(20);
	await taken;
	expect(last()).toMatchObject({ state: "unknown", reason: "stream_lost" });
});

test("a look at zones that were changed meanwhile counts for nothing", async () => {
	const { watch, take, tickFor, last, slowDown } = await startWatch();
	slowDown();
	const taken = take();
	await tickFor(1);
	await watch.adoptScene({ zones: scene.zones.map((zone) => ({ ...zone, id: "other" })) });
	await tickFor(20);
	await taken;
	expect(last()).toMatchObject({ laneId: "other", state: "unknown" });
});
