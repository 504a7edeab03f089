import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evidenceSetBody } from "#contract/evidence-set.ts";
import {
	awaitsMasks,
	beginSet,
	cameraRemoved,
	clearSet,
	isSetComplete,
	itemLost,
	itemMasked,
	itemMissing,
	itemTaken,
	plateLooked,
	raiseSet,
} from "../../edge/evidence/change-evidence-set.ts";
import type { EvidenceSet, Taken } from "../../edge/evidence/evidence-set.ts";
import { nextPlateMoment } from "../../edge/evidence/plate-plan.ts";
import { setBodyOf } from "../../edge/evidence/set-teller.ts";

const policy = { vehicleOnDelayMs: 120_000, objectOnDelayMs: 300_000, confirmAfterMs: 180_000 };
const entry = {
	...{ alertId: "lane-1.x", cameraId: "cam-1", zoneId: "lane-1", cause: "vehicle" as const, enteredAt: 1_000_000 },
	...{ box: { x1: 0.1, y1: 0.1, x2: 0.5, y2: 0.5 }, place: null, label: "car" },
} as const;
const taken: Taken = {
	...{ capturedAt: 1_000_040, widthPx: 1920, heightPx: 1080, sha256: "a".repeat(64), overlay: null },
	clock: { offsetMs: 3, source: "chrony", readAt: 1_000_000 },
};
const raise = (set: EvidenceSet) => raiseSet(set, { raisedAt: 1_120_000, outline: [] }, policy);
const platesLooked = (set: EvidenceSet): EvidenceSet => {
	const moment = nextPlateMoment(set);
	const looked = { capturedAt: null, failed: "no_video", vehicle: null, read: null } as const;
	return moment ? platesLooked(plateLooked(set, { ...looked, wantedAt: moment.wantedAt })) : set;
};
const states = ({ items }: EvidenceSet) =>
	Object.fromEntries(items.map(({ id, state, reason }) => [id, reason ?? state]));

describe("what a vehicle's alert has of evidence", () => {
	const raised = raise(itemTaken(beginSet(entry), "lane-1.x.panorama_entry", taken));

	test("is P1, P2, P3 and the clips of both; P4 once it has left", () => {
		expect(states(raised)).toEqual({
			"lane-1.x.panorama_entry": "taken",
			"lane-1.x.plate": "planned",
			"lane-1.x.clip": "planned",
			"lane-1.x.panorama_confirmed": "planned",
			"lane-1.x.clip.confirmed": "planned",
		});
		expect(isSetComplete(raised)).toBe(false);
		const cleared = clearSet(raised, { clearedAt: 1_200_000, seenFreeAt: 1_210_000, by: "camera" });
		expect(cleared.items.at(-1)).toMatchObject({ kind: "panorama_cleared", state: "planned", fromAt: 1_210_000 });
	});

	test("whose camera is removed ends: what was planned is missing, and the server is told also where nothing was", () => {
		const removed = cameraRemoved(raised, 1_130_000);
		expect(removed).toMatchObject({ clearedAt: 1_130_000, revision: raised.revision + 1 });
		expect(new Set(Object.values(states(removed)))).toEqual(new Set(["taken", "camera_removed"]));
		expect(cameraRemoved(removed, 1_140_000)).toBe(removed);

		const made = raised.items.reduce((set, { id }) => itemTaken(set, id, taken), raised);
		expect(cameraRemoved(made, 1_130_000)).toMatchObject({ clearedAt: 1_130_000, revision: made.revision + 1 });
	});

	test("that left before the confirmation has no P2, and says why", () => {
		const cleared = clearSet(raised, { clearedAt: 1_150_000, seenFreeAt: 1_160_000, by: "camera" });
		expect(states(cleared)).toMatchObject({
			"lane-1.x.panorama_confirmed": "left_before",
			"lane-1.x.clip.confirmed": "left_before",
			"lane-1.x.clip": "planned",
			"lane-1.x.panorama_cleared": "planned",
		});
	});

	test("that left just after it has a P2 of no later moment", () => {
		const { items } = clearSet(raised, { clearedAt: 1_181_000, seenFreeAt: 1_191_000, by: "camera" });
		expect(items.find(({ kind }) => kind === "panorama_confirmed")).toMatchObject({
			...{ state: "planned", fromAt: 1_180_000, toAt: 1_181_000 },
		});
	});

	test("that ended by a person's word, or with its zone, has no picture of the free lane", () => {
		for (const by of ["accepted", "zone_removed"] as const) {
			const cleared = clearSet(raised, { clearedAt: 1_500_000, seenFreeAt: 1_500_000, by });
			expect(states(cleared)).toMatchObject({ "lane-1.x.panorama_cleared": "not_seen_free" });
		}
	});

	test("is complete when it ended and each piece was taken or given up, in whatever order", () => {
		fc.assert(
			fc.property(fc.infiniteStream(fc.nat(9)), fc.boolean(), (choices, takes) => {
				let set = clearSet(platesLooked(raised), { clearedAt: 1_300_000, seenFreeAt: 1_310_000, by: "camera" });
				for (let open = set.items.filter(({ state }) => state === "planned"); open.length > 0;) {
					if (isSetComplete(set)) return false;
					const { id } = open[(choices.next().value ?? 0) % open.length]!;
					set = takes ? itemTaken(set, id, taken) : itemMissing(set, id, "no_video");
					open = set.items.filter(({ state }) => state === "planned");
				}
				if (takes && isSetComplete(set)) return false; // photos are still to be looked at for what to mask
				for (const { id } of set.items.filter(awaitsMasks)) set = itemMasked(set, id, null);
				return isSetComplete(set);
			}),
		);
	});

	test("that is lost after it was taken is missing from then on, and nothing is to be made of it", () => {
		const id = "lane-1.x.panorama_entry";
		const lost = itemLost(raised, { id, kind: "panorama_entry", capturedAt: 1_000_040 }, "given_up");
		expect(states(lost)).toEqual({ ...states(raised), [id]: "given_up" });
		expect(lost.items.filter(awaitsMasks)).toEqual([]);
		expect(lost.revision).toBe(raised.revision + 1);
	});

	test("that has no item of its own has one once it is lost: a still, a copy with words", () => {
		const copy = { id: "lane-1.x.panorama_entry.overlay", code: "keepclear", lines: ["东门"] };
		const drawn = itemTaken(beginSet(entry), "lane-1.x.panorama_entry", { ...taken, overlay: copy });
		const still = { id: "lane-1.x.still_raised", kind: "still_raised", capturedAt: 1_000_000 } as const;
		const lost = itemLost(
			itemLost(drawn, { id: copy.id, kind: "overlay", capturedAt: 1_000_040 }, "lost"),
			still,
			"refused",
		);
		expect(states(lost)).toEqual({ ...states(drawn), [copy.id]: "lost", [still.id]: "refused" });
		expect(lost.items[0]).toMatchObject({ state: "taken", taken: { sha256: taken.sha256, overlay: null } });
		const again = itemLost(lost, still, "refused");
		expect(again.items).toEqual(lost.items);
		const body = setBodyOf(lost);
		expect(evidenceSetBody.parse(body)).toEqual(body);
	});

	test("is told in the contract's words, with the worst of the clock's readings", () => {
		const off = { ...taken, clock: { offsetMs: -1_400, source: "chrony", readAt: 2 } };
		const body = setBodyOf(itemTaken(raised, "lane-1.x.clip", off));
		expect(evidenceSetBody.parse(body)).toEqual(body);
		const thin = { kind: "face", box: { x1: 0.5, y1: 0.5, x2: 0.500001, y2: 0.9 } } as const;
		const masked = setBodyOf(itemMasked(raised, "lane-1.x.panorama_entry", [thin]));
		expect(evidenceSetBody.parse(masked).items[0]?.masks).toEqual([]);
		expect(body.clock).toEqual(off.clock);
	});
});

test("goods have the empty lane before, what lies there, and its outline; the outline shares the photo's fate", () => {
	const raised = raise(beginSet({ ...entry, cause: "object" }));
	expect(raised.items.map(({ kind }) => kind)).toEqual(["reference", "clip", "panorama_confirmed", "outline", "clip"]);
	const missed = itemMissing(raised, "lane-1.x.panorama_confirmed", "no_video");
	expect(states(missed)).toMatchObject({ "lane-1.x.outline": "no_video", "lane-1.x.reference": "planned" });
});
