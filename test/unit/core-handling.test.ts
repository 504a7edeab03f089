import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseOf, relapsesOf, verifyAfterMs } from "#core/handling/case-of.ts";
import type { CaseAlert, HandlingEntry } from "#core/handling/handling-facts.ts";
import { handlingNow } from "#core/handling/handling-now.ts";
import { escalationLevels, handlingKinds, handlingStates, isEnded } from "#core/handling/handling-words.ts";
import { allowedIn, mayAdd, refusalToUndo, undoable, unseenBy } from "#core/handling/may-add.ts";
import { defaultTargets, dueLevels, timersOf } from "#core/handling/targets.ts";
import { isVerifiedClear, type LaneSeen } from "#core/handling/verify-clear.ts";

const minute = 60_000;
const alertOf = (id: string, enteredAt: number, clearedAt: number | null = null): CaseAlert => ({
	...{ id, enteredAt, clearedAt, clearedBy: clearedAt === null ? null : "camera", receivedAt: enteredAt + 120_000 },
});
let position = 0;
const entryOf = (kind: HandlingEntry["kind"], at: number, more: Partial<HandlingEntry> = {}): HandlingEntry => ({
	...{ position: ++position, kind, by: "anna", at, happenedAt: null, level: null, undoes: null, ...more },
});
const stateOf = (alerts: readonly CaseAlert[], ...entries: readonly HandlingEntry[]) =>
	handlingNow({ alerts, entries }).state;

describe("where a case stands", () => {
	const open = [alertOf("x", 0)];
	const gone = [alertOf("x", 0, 10 * minute)];
	const at = 3 * minute;
	const verified = entryOf("verified", 12 * minute, { by: null });
	test.each([
		["raised", open, []],
		["acknowledged", open, [entryOf("acknowledged", at)]],
		["dispatched", open, [entryOf("acknowledged", at), entryOf("dispatched", at)]],
		["on_site", open, [entryOf("dispatched", at), entryOf("on_site", at)]],
		["acknowledged", open, [entryOf("reported_cleared", at)]], // a click alone never clears
		["cleared", gone, [entryOf("on_site", at)]],
		["verified", gone, [verified]],
		["closed", gone, [verified, entryOf("closed", 13 * minute)]],
		["false_alarm", open, [entryOf("false_alarm", at)]],
		["false_alarm", gone, [entryOf("false_alarm", at)]],
		["exempt", [{ ...alertOf("x", 0, minute), clearedBy: "accepted" }], []],
		["hazard", gone, [entryOf("hazard", at)]],
		["transferred", open, [entryOf("acknowledged", at), entryOf("transferred", at, { by: null })]],
		["reopened", open, [entryOf("false_alarm", at), entryOf("reopened", at)]],
		["closed", gone, [entryOf("closed", at), entryOf("transferred", at, { by: null })]], // a clue leaves days later
	] as const)("is %s", (state, alerts, entries) => {
		expect(stateOf(alerts, ...entries)).toBe(state);
	});

	test("what was taken back counts no more", () => {
		const said = entryOf("false_alarm", at);
		expect(stateOf(open, said, entryOf("taken_back", at, { undoes: said.position }))).toBe("raised");
	});

	test("a place that is occupied again before it was verified is reopened, and nobody has acknowledged that yet", () => {
		const again = [alertOf("x", 0, 10 * minute), alertOf("y", 10 * minute + 30_000)];
		expect(caseOf("y", again).map(({ id }) => id)).toEqual(["x", "y"]);
		const now = handlingNow({ alerts: again, entries: [entryOf("acknowledged", at)] });
		expect(now).toMatchObject({ state: "reopened", relapses: 1, startedAt: 12 * minute + 30_000 });
		expect(stateOf(again, entryOf("acknowledged", at), entryOf("acknowledged", 13 * minute))).toBe("acknowledged");
		const anew = [alertOf("x", 0, 10 * minute), alertOf("y", 11 * minute + 1)];
		expect(caseOf("y", anew).map(({ id }) => id)).toEqual(["y"]);
	});

	test("what two cameras see at once is one case, cleared when both see it clear", () => {
		const both = [alertOf("x", 0, 10 * minute), alertOf("y", minute)];
		expect(caseOf("x", both)).toHaveLength(2);
		expect(relapsesOf(both)).toEqual([]);
		expect(stateOf(both, entryOf("acknowledged", at))).toBe("acknowledged");
		expect(stateOf([alertOf("x", 0, 10 * minute), alertOf("y", minute, 11 * minute)])).toBe("cleared");
	});
});

const anyAlert = fc
	.record({ enteredAt: fc.integer({ min: 0, max: 1_000_000 }), lasts: fc.option(fc.integer({ min: 1, max: 300_000 })) })
	.map(({ enteredAt, lasts }, i = enteredAt) => alertOf(`a${i}`, enteredAt, lasts === null ? null : enteredAt + lasts));
const anyAlerts = fc.uniqueArray(anyAlert, { minLength: 1, maxLength: 8, selector: ({ id }) => id });
const anyEntries = fc
	.array(fc.record({ kind: fc.constantFrom(...handlingKinds), at: fc.integer({ min: 0, max: 2_000_000 }) }), {
		maxLength: 12,
	})
	.map((all) =>
		all
			.toSorted((a, b) => a.at - b.at)
			.map(({ kind, at }, i) => ({
				...{ position: i + 1, kind, at, by: "anna", happenedAt: null },
				...{
					level: kind === "escalated" ? ("manager" as const) : null,
					undoes: kind === "taken_back" && i > 0 ? i : null,
				},
			})),
	);

describe("for any alerts and entries", () => {
	test("cases do not share alerts, and every alert has one, in whatever order they are told", () => {
		fc.assert(
			fc.property(anyAlerts, fc.gen(), (alerts, gen) => {
				const shuffled = gen(() => fc.shuffledSubarray([...alerts], { minLength: alerts.length }));
				for (const { id } of alerts) {
					const own = caseOf(id, alerts);
					expect(own).toEqual(caseOf(id, shuffled));
					expect(own.some((each) => each.id === id)).toBe(true);
					for (const other of own) expect(caseOf(other.id, alerts)).toEqual(own);
				}
			}),
		);
	});

	test("no entry of a person clears or verifies: that is said only where every camera saw it end", () => {
		fc.assert(
			fc.property(anyAlerts, anyEntries, (alerts, entries) => {
				const own = caseOf(alerts[0]?.id ?? "", alerts);
				const now = handlingNow({ alerts: own, entries });
				if (now.state === "cleared" || now.state === "verified") {
					expect(own.every(({ clearedAt }) => clearedAt !== null)).toBe(true);
				}
				if (now.state === "verified") expect(now.last.verified).toBeDefined();
				expect(now.clearedAt === null).toBe(own.some(({ clearedAt }) => clearedAt === null));
			}),
		);
	});

	test("the order in which entries are read changes nothing", () => {
		fc.assert(
			fc.property(anyAlerts, anyEntries, (alerts, entries) => {
				const own = caseOf(alerts[0]?.id ?? "", alerts);
				expect(handlingNow({ alerts: own, entries: entries.toReversed() })).toEqual(
					handlingNow({ alerts: own, entries }),
				);
			}),
		);
	});

	test("taking the last step back gives the state before it", () => {
		fc.assert(
			fc.property(anyAlerts, anyEntries, (alerts, entries) => {
				const own = caseOf(alerts[0]?.id ?? "", alerts);
				const last = undoable(entries, { id: "anna", isAdmin: false });
				if (!last) return;
				const back = { ...last, position: entries.length + 1, kind: "taken_back" as const, undoes: last.position };
				const without = entries.filter(({ position }) => position !== last.position);
				expect(handlingNow({ alerts: own, entries: [...entries, { ...back, level: null }] }).state).toBe(
					handlingNow({ alerts: own, entries: without }).state,
				);
			}),
		);
	});

	test("levels come in their order, once each, and none while it is clear or judged", () => {
		fc.assert(
			fc.property(anyAlerts, anyEntries, fc.integer({ min: 0, max: 9_000_000 }), (alerts, entries, at) => {
				const own = caseOf(alerts[0]?.id ?? "", alerts);
				const now = handlingNow({ alerts: own, entries });
				const due = dueLevels(now, defaultTargets, at);
				expect(due).toEqual(escalationLevels.filter((level) => due.includes(level)));
				for (const level of due) expect(now.levels).not.toContain(level);
				if (now.clearedAt !== null || isEnded(now.state) || now.state === "hazard") expect(due).toEqual([]);
				const later = dueLevels(now, defaultTargets, at + minute);
				for (const level of due) expect(later).toContain(level);
			}),
		);
	});
});

describe("what may be added", () => {
	test("every state lets somebody go on, and people add nothing that is the program's", () => {
		for (const state of handlingStates) expect(handlingKinds.some((kind) => mayAdd(kind, state))).toBe(true);
		for (const state of handlingStates)
			for (const kind of ["verified", "escalated", "transferred"] as const) {
				expect(mayAdd(kind, state)).toBe(false);
			}
		expect(allowedIn.verified).toEqual(["cleared"]);
	});

	test("what is told from the spot is taken whenever it comes, and waits for nobody", () => {
		for (const kind of ["on_site", "photo", "note", "needs_police"] as const) {
			expect(allowedIn[kind]).toEqual(handlingStates);
			expect(unseenBy([entryOf("acknowledged", 1)], { kind, seen: 0, by: "guard" })).toEqual([]);
		}
	});

	test("others' entries are to be seen first; one's own and the server's are not", () => {
		const entries = [
			entryOf("acknowledged", 1, { by: "berta" }),
			entryOf("escalated", 2, { by: null, level: "manager" }),
		];
		const seen = entries[0]?.position ?? 0;
		expect(unseenBy(entries, { kind: "dispatched", seen: 0, by: "anna" })).toEqual([entries[0]]);
		expect(unseenBy(entries, { kind: "dispatched", seen, by: "anna" })).toEqual([]);
		expect(unseenBy(entries, { kind: "dispatched", seen: 0, by: "berta" })).toEqual([]);
	});

	test("taken back is one's own last step, or by an administrator, while nothing followed it", () => {
		const first = entryOf("acknowledged", 1);
		const second = entryOf("dispatched", 2);
		const note = entryOf("note", 3);
		const anna = { id: "anna", isAdmin: false };
		expect(refusalToUndo([first, second], first.position, anna)).toBe("followed");
		expect(refusalToUndo([first, second, note], second.position, anna)).toBeNull();
		expect(refusalToUndo([first, note], note.position, anna)).toBe("nothing_said");
		expect(refusalToUndo([first], first.position, { id: "berta", isAdmin: false })).toBe("not_yours");
		expect(refusalToUndo([first], first.position, { id: "boss", isAdmin: true })).toBeNull();
	});
});

describe("targets", () => {
	const raised = handlingNow({ alerts: [alertOf("x", 0)], entries: [] });
	const start = raised.startedAt;
	test.each([
		[59_999, []],
		[60_000, ["re_ring"]],
		[180_000, ["re_ring", "manager"]],
		[3_600_000, ["re_ring", "manager", "property_manager", "street_and_fire", "police_and_tow"]],
		[-3_600_000, []], // the clock was set back: nothing until it comes there again
	])("after %i ms without anybody", (ms, levels) => {
		expect(dueLevels(raised, defaultTargets, start + ms)).toEqual(levels);
	});

	test("acknowledged in time, nobody is rung; the lane is still told of", () => {
		const now = handlingNow({ alerts: [alertOf("x", 0)], entries: [entryOf("acknowledged", start + 20_000)] });
		expect(dueLevels(now, defaultTargets, start + 600_000)).toEqual([]);
		expect(dueLevels(now, defaultTargets, start + 900_000)).toEqual(["property_manager"]);
		expect(timersOf(now, defaultTargets)).toMatchObject([
			{ name: "acknowledge", dueAt: start + 60_000, keptAt: start + 20_000 },
			{ name: "on_site", keptAt: null },
			{ name: "clear", dueAt: start + 900_000, keptAt: null },
		]);
	});

	test("arrival counts from when it was, not from when the phone found a network", () => {
		const late = entryOf("on_site", start + 900_000, { happenedAt: start + 200_000 });
		const now = handlingNow({ alerts: [alertOf("x", 0)], entries: [late] });
		expect(timersOf(now, defaultTargets)[1]).toMatchObject({ keptAt: start + 200_000 });
	});
});

describe("two clean checks", () => {
	const clear: LaneSeen = { state: "clear", since: 1_000, saidAt: 1_000 + verifyAfterMs, edgeIsThere: true };
	test.each([
		["a minute later still clear", [clear], true],
		["not yet a minute", [{ ...clear, saidAt: 60_999 }], false],
		["clear anew after it was unknown", [{ ...clear, since: 30_000 }], false],
		["unknown now", [{ ...clear, state: "unknown" }], false],
		["the edge is away", [{ ...clear, edgeIsThere: false }], false],
		["another camera does not see it", [clear, { ...clear, state: "unknown" }], false],
		["nobody watches it any more", [], false],
	] as const)("%s", (_, lanes, verified) => {
		expect(isVerifiedClear(lanes, 1_000)).toBe(verified);
	});
});
