import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KeptClock } from "../../edge/clock/kept-clock.ts";
import { SteadyClock } from "../../edge/clock/steady-clock.ts";
import { openEdgeStore } from "../../edge/store/open-edge-store.ts";
import { silentLog } from "../support/watched-camera.ts";

const hourMs = 3_600_000;
const beginning = 1_800_000_000_000;

let folder: string;
/** True time since the machine was started, and by how much its clock is set. */
let [passed, setBy] = [0, 0];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "keepclear-clock-"));
	[passed, setBy] = [5_000, 0];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An edge that is started on this machine; what stood there when it was killed stands there still. */
function startEdge(bootId: string | null = "first") {
	const clock = new SteadyClock({ wall: () => beginning + passed + setBy, monotonic: () => passed });
	const store = openEdgeStore(folder, silentLog);
	const kept = new KeptClock(store, clock, bootId);
	kept.resume();
	clock.note("gate", true);
	return {
		clock,
		store,
		kill: () => store.close(),
		async stop() {
			await kept.run(AbortSignal.abort());
			store.close();
		},
	};
}
/** Milliseconds by which it dates otherwise than by true time. */
const offOf = (clock: SteadyClock) => clock.now() - beginning - passed;

describe.each([hourMs, -hourMs])("the clock being set by %i ms, what an edge dates by", (byMs) => {
	test("goes on as before when it was killed and started again", () => {
		const first = startEdge();
		setBy = byMs;
		passed += 1_000;
		expect(offOf(first.clock)).toBe(0);
		first.kill();
		passed += 20_000;
		const second = startEdge();
		expect(offOf(second.clock)).toBe(0);
		passed += 60_000;
		expect(second.clock.aheadMs).toBe(-byMs);
		setBy = 0;
		expect(offOf(second.clock)).toBe(0);
		expect([second.clock.aheadMs, second.clock.takenMs]).toEqual([0, 0]);
		second.kill();
	});

	test("goes on as before when that happened while it was down", () => {
		startEdge().kill();
		setBy = byMs;
		passed += 20_000;
		const { clock, kill } = startEdge();
		expect(offOf(clock)).toBe(0);
		kill();
	});

	test("is the new time once that is taken, also for the next edge", () => {
		const first = startEdge();
		setBy = byMs;
		expect(offOf(first.clock)).toBe(0);
		first.clock.note("gate", false);
		passed += 61_000;
		expect(offOf(first.clock)).toBe(byMs);
		first.kill();
		const { clock, kill } = startEdge();
		expect(offOf(clock)).toBe(byMs);
		expect(clock.aheadMs).toBe(0);
		kill();
	});

	test("is the machine's clock after a stop in order, and after the machine was started again", async () => {
		const first = startEdge();
		setBy = byMs;
		expect(offOf(first.clock)).toBe(0);
		await first.stop();
		const second = startEdge();
		expect(offOf(second.clock)).toBe(byMs);
		second.kill();
		setBy = 0;
		for (const boot of ["second", null]) {
			const { clock, kill } = startEdge(boot);
			expect(offOf(clock)).toBe(0);
			kill();
		}
	});
});

test("a disk that takes nothing stops no clock", () => {
	const { clock, store, kill } = startEdge();
	store.pragma("query_only = ON");
	setBy = hourMs;
	expect(offOf(clock)).toBe(0);
	kill();
});
