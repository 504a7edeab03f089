import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type CameraFact, laneStates } from "#core/camera.ts";
import { parseCameraState, serializeCameraState } from "#core/camera-state.ts";
import type { OccupancyEvent } from "#core/occupancy/types.ts";
import { looks, oneLane, periodsOf, run, standsFrom, type SyntheticThing } from "../support/synthetic-camera.ts";

const folder = fileURLToPath(new URL("../../fixtures/states/", import.meta.url));
const stored = (file: string) => parseCameraState(readFileSync(folder + file, "utf8"));

/** What the program of each version saw when it wrote its states: fixtures/README.md. */
const car: SyntheticThing = { label: "car", seed: 1, boxAt: standsFrom(10_000, 40_000) };
const blind: CameraFact = { kind: "blind", at: 21_000, reason: "stream_lost" };
const seenBefore: Readonly<Record<string, readonly CameraFact[]>> = {
	"v1/empty.json": looks([], { toMs: 2_000 }),
	"v1/pending.json": looks([car], { toMs: 13_000 }),
	"v1/occupied.json": looks([car], { toMs: 20_000 }),
	"v1/clearing.json": looks([car], { toMs: 41_000 }),
	"v1/blind-while-occupied.json": [...looks([car], { toMs: 20_000 }), blind],
	"v2/occupied.json": looks([car], { toMs: 20_000 }),
	"v2/blind-while-occupied.json": [...looks([car], { toMs: 20_000 }), blind],
};

test("every stored example is tried", () => {
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
	expect(files.sort()).toEqual(Object.keys(seenBefore).sort());
});

describe.each(Object.entries(seenBefore))("%s", (file, before) => {
	const lastAt = Math.max(...before.map((fact) => (fact.kind === "frame" ? fact.capturedAt : fact.at)));
	const after = looks([car], { fromMs: lastAt + 1_000, toMs: 60_000 });

	test("goes on as if the program had not been changed: the same occupancies, the same ids", () => {
		const upgraded = run(after, oneLane(), stored(file));
		const first = run(before, oneLane());
		const whole = run(after, oneLane(), first.state);
		// Times may differ by a look where the rules have changed, and so may what they could not say before.
		const told = (events: readonly OccupancyEvent[]) =>
			events.flatMap((event) => {
				if (event.kind === "stateChanged") return [];
				return "period" in event ? `${event.kind} ${event.period.occupancyId}` : event.kind;
			});
		expect(told(upgraded.events)).toEqual(told(whole.events));
	});

	test("keeps what is open", () => {
		const state = stored(file);
		const before = JSON.parse(readFileSync(folder + file, "utf8")) as {
			state: { zones: { open: { occupancyId: string } | null }[] };
		};
		expect(laneStates(state).map(({ open }) => open?.occupancyId)).toEqual(
			before.state.zones.map(({ open }) => open?.occupancyId),
		);
		expect(laneStates(state).every(({ blindMs }) => blindMs === 0)).toBe(true);
		expect(parseCameraState(serializeCameraState(state))).toEqual(state);
	});
});

test("an alert that was open before the upgrade is cleared under its id, and what passed meanwhile was blind", () => {
	const { events, state } = run(looks([], { fromMs: 80_000, toMs: 90_000 }), oneLane(), stored("v1/occupied.json"));
	expect(periodsOf(events)).toMatchObject([{ occupancyId: "lane.7ps", outline: [], clearedAt: 80_000 }]);
	expect(laneStates(state)).toMatchObject([{ watchedSince: 20_000, blindMs: 60_000 }]);
});
