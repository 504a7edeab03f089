import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CameraSupervisor } from "../../edge/camera-supervisor.ts";
import type { CameraWatch } from "../../edge/camera-watch.ts";
import { CameraError } from "../../edge/video/camera-error.ts";
import type { CameraProblem } from "#contract/messages/index.ts";
import { silentLog } from "../support/watched-camera.ts";

beforeEach(() => {
	vi.useFakeTimers();
	vi.spyOn(Math, "random").mockReturnValue(1); // the longest of each pause
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

/** When a camera was asked that drops who watches it after `livesMs`, for so long. */
async function askedAt(livesMs: number, problem: CameraProblem, forMs: number): Promise<number[]> {
	const asked: number[] = [];
	const stop = new AbortController();
	const nothing = () => Promise.resolve();
	const supervisor = new CameraSupervisor({
		cameraId: "gate",
		watch: { blind: nothing, tick: nothing, end: nothing } as unknown as CameraWatch,
		connect: () => ({
			run: async () => {
				asked.push(performance.now());
				await new Promise((resolve) => setTimeout(resolve, livesMs));
				throw new CameraError(problem, "gone");
			},
		}),
		disk: { roomForVideo: true, onChange: () => () => {} },
		say: () => {},
		show: () => {},
		log: silentLog,
	});
	void supervisor.run(stop.signal);
	await vi.advanceTimersByTimeAsync(forMs);
	stop.abort();
	await vi.advanceTimersByTimeAsync(livesMs);
	return asked;
}

const pauses = (asked: readonly number[], livesMs: number) =>
	asked.slice(1).map((at, index) => at - (asked[index] ?? 0) - livesMs);

test("a camera that comes and goes is asked so often that it is seen within ten seconds of its return", async () => {
	const between = pauses(await askedAt(2_000, "timeout", 300_000), 2_000);
	// What is left of ten seconds is for the connection and the first picture.
	expect(Math.max(...between)).toBeLessThanOrEqual(6_000);
	expect(between.length).toBeGreaterThan(30);
});

test("and not more often than that: pauses grow", async () => {
	const between = pauses(await askedAt(1, "timeout", 60_000), 1);
	expect(between.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
	expect(between.length).toBeLessThan(15);
});

test("a wrong password is tried seldom, for some cameras lock the account", async () => {
	const between = pauses(await askedAt(1, "wrong_password", 600_000), 1);
	expect(Math.min(...between)).toBeGreaterThanOrEqual(20_000);
});
