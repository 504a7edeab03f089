import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayAt, dayEnd } from "#core/calendar/days.ts";
import { addWorkingDays, mondayToFriday, type WorkCalendar, yearsOf } from "#core/calendar/working-days.ts";
import { nextClock, policeClocks } from "#core/transfer/police-clocks.ts";
import { transferRefusals, type TransferQuestion } from "#core/transfer/refusals.ts";
import { type TransferEntry, transferState } from "#core/transfer/transfer-state.ts";
import { entryKinds, type EntryKind, transferNumber } from "#core/transfer/transfer-words.ts";

const zone = "Asia/Shanghai";
const site = { timeZone: zone, calendar: mondayToFriday };
/** Thursday 26 November 2026, 09:00 at the site. */
const transferredAt = Date.parse("2026-11-26T01:00:00Z");
const at = (day: string) => Date.parse(`${day}T04:00:00Z`);

function entries(...rows: readonly [EntryKind, string, number?][]): TransferEntry[] {
	return rows.map(([kind, on, corrects], i) => ({ id: i + 1, kind, on, corrects: corrects ?? null }));
}
const clocks = (now: string, ...rows: readonly [EntryKind, string, number?][]) =>
	policeClocks({ receiverKind: "traffic_police", transferredAt, entries: entries(...rows) }, { now: at(now), ...site });
const clock = (name: string, now: string, ...rows: readonly [EntryKind, string, number?][]) =>
	clocks(now, ...rows).find((each) => each.name === name);

describe("days of the site's calendar", () => {
	it("are told by the site's clock, and end at its midnight", () => {
		expect(dayAt(zone, Date.parse("2026-11-25T16:00:00Z"))).toBe("2026-11-26");
		expect(dayAt(zone, Date.parse("2026-11-25T15:59:59.999Z"))).toBe("2026-11-25");
		expect(dayEnd(zone, "2026-11-26")).toBe(Date.parse("2026-11-26T16:00:00Z"));
		expect(dayEnd("Europe/Berlin", "2026-10-25")).toBe(Date.parse("2026-10-25T23:00:00Z"));
	});

	it("leave out the weekend where working days are counted", () => {
		expect(addWorkingDays(mondayToFriday, "2026-11-26", 1)).toBe("2026-11-27");
		expect(addWorkingDays(mondayToFriday, "2026-11-26", 5)).toBe("2026-12-03");
		expect(addWorkingDays(mondayToFriday, "2026-11-28", 1)).toBe("2026-11-30");
		expect(addDays("2026-12-15", 30)).toBe("2027-01-14");
	});

	it("leave out public holidays, and count the weekends worked in their place", () => {
		const days = (...list: string[]) => new Set(list);
		const calendar: WorkCalendar = {
			holidays: days("2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2027-01-01"),
			workdays: days("2026-10-10"),
		};
		expect(addWorkingDays(calendar, "2026-09-30", 1)).toBe("2026-10-08");
		expect(addWorkingDays(calendar, "2026-09-30", 3)).toBe("2026-10-10"); // a Saturday that is worked
		expect(addWorkingDays(calendar, "2026-09-30", 4)).toBe("2026-10-12");
		expect(yearsOf(calendar)).toEqual([2026, 2027]);
	});

	it("any number of working days ends on one, and is five in seven", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 60 }), (start, days) => {
				const from = new Date(start * 86_400_000).toISOString().slice(0, 10);
				const to = addWorkingDays(mondayToFriday, from, days);
				expect([1, 2, 3, 4, 5]).toContain(new Date(`${to}T00:00:00Z`).getUTCDay());
				expect(addWorkingDays(mondayToFriday, from, days + 5)).toBe(addDays(to, 7));
			}),
		);
	});
});

describe("the police's clocks", () => {
	it("begin with five working days of review, from the transfer until a receipt says when it was received", () => {
		expect(clocks("2026-11-26")).toEqual([
			{
				...{ name: "review", state: "running", startedOn: "2026-11-26", dueOn: "2026-12-03", keptOn: null },
				...{ dueAt: dayEnd(zone, "2026-12-03"), law: "《道路交通安全违法行为处理程序规定》第十九条" },
			},
		]);
		expect(clock("review", "2026-12-03")?.state).toBe("running");
		expect(clock("review", "2026-12-04")?.state).toBe("late");
		expect(clock("review", "2026-12-04", ["receipt", "2026-11-27"])).toMatchObject({
			...{ state: "running", startedOn: "2026-11-27", dueOn: "2026-12-04" },
		});
	});

	it("are kept by what the receiver does in time, and stay late where it was done too late", () => {
		expect(clock("review", "2026-12-30", ["accepted", "2026-12-03"])).toMatchObject({ state: "kept" });
		expect(clock("review", "2026-12-30", ["accepted", "2026-12-04"])).toMatchObject({
			...{ state: "late", keptOn: "2026-12-04" },
		});
	});

	it("go on: five working days to notify, thirty days of the calendar to handle", () => {
		const accepted = ["accepted", "2026-11-30"] as const;
		expect(clock("notify", "2026-12-01", [...accepted])).toMatchObject({ state: "running", dueOn: "2026-12-07" });
		expect(clock("handle", "2026-12-01", [...accepted])).toBeUndefined();
		const noticed = ["notice_sent", "2026-12-02"] as const;
		expect(clock("notify", "2026-12-09", [...accepted], [...noticed])).toMatchObject({ state: "kept" });
		expect(clock("handle", "2027-01-01", [...accepted], [...noticed])).toMatchObject({
			...{ state: "running", dueOn: "2027-01-01" },
		});
		expect(clock("handle", "2027-01-02", [...accepted], [...noticed])?.state).toBe("late");
	});

	it("give an objection five working days, and what is to be cancelled three", () => {
		const before: [EntryKind, string][] = [
			["accepted", "2026-11-30"],
			["objection", "2026-12-01"],
		];
		expect(clock("objection", "2026-12-01", ...before)).toMatchObject({ dueOn: "2026-12-08" });
		expect(clock("cancel", "2026-12-01", ...before)).toBeUndefined();
		const upheld: [EntryKind, string][] = [...before, ["objection_upheld", "2026-12-03"]];
		expect(clock("cancel", "2026-12-09", ...upheld)).toMatchObject({ dueOn: "2026-12-08", state: "late" });
		expect(clock("cancel", "2026-12-09", ...upheld, ["cancelled", "2026-12-08"])?.state).toBe("kept");
		expect(clock("cancel", "2026-12-01", ["returned", "2026-11-30"])).toBeUndefined(); // nothing had been entered
		expect(clock("cancel", "2026-12-01", ["accepted", "2026-11-27"], ["returned", "2026-11-30"])).toBeDefined();
	});

	it("count what was corrected by what stands in its place, and nothing that was withdrawn", () => {
		expect(clock("review", "2026-12-09", ["accepted", "2026-12-07"], ["accepted", "2026-12-02", 1])?.state).toBe(
			"kept",
		);
		expect(clock("review", "2026-12-09", ["accepted", "2026-12-01"], ["withdrawn", "2026-12-01", 1])?.state).toBe(
			"late",
		);
	});

	it("are not those of the fire service, and the next one is the one that ends first", () => {
		expect(
			policeClocks({ receiverKind: "fire_rescue", transferredAt, entries: [] }, { now: transferredAt, ...site }),
		).toEqual([]);
		const running = clocks("2026-12-01", ["accepted", "2026-11-30"], ["objection", "2026-11-30"]);
		expect(nextClock(running)?.name).toBe("notify");
		expect(nextClock(clocks("2026-12-01", ["handled", "2026-11-30"]))).toBeNull();
	});

	it("never run backwards: no clock is due before it begins, or before the transfer", () => {
		const day = fc.integer({ min: 0, max: 90 }).map((days) => addDays("2026-11-26", days));
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom(...entryKinds), day), { maxLength: 12 }), day, (rows, now) => {
				for (const { startedOn, dueOn, keptOn, state } of clocks(now, ...rows)) {
					expect(startedOn < dueOn && startedOn >= "2026-11-26").toBe(true);
					if (keptOn !== null) expect(keptOn >= startedOn).toBe(true);
					expect(state === "late").toBe((keptOn ?? now) > dueOn);
				}
			}),
		);
	});
});

describe("where a transfer stands", () => {
	it.each([
		["sent", []],
		["received", [["receipt", "2026-11-27"]]],
		[
			"accepted",
			[
				["receipt", "2026-11-27"],
				["towed", "2026-11-27"],
			],
		],
		[
			"handled",
			[
				["handled", "2026-12-10"],
				["accepted", "2026-11-28"],
			],
		],
		[
			"returned",
			[
				["accepted", "2026-11-28"],
				["cancelled", "2026-12-01"],
			],
		],
		[
			"received",
			[
				["receipt", "2026-11-27"],
				["returned", "2026-11-28"],
				["withdrawn", "2026-11-28", 2],
			],
		],
		[
			"accepted",
			[
				["returned", "2026-11-28"],
				["accepted", "2026-11-28", 1],
			],
		],
	] as const)("is %s", (state, rows) => {
		expect(transferState(entries(...rows.map((row) => [...row] as [EntryKind, string, number?])))).toBe(state);
	});
});

const whole: TransferQuestion = {
	...{ review: "approved", isSaidFalse: false, cause: "vehicle", plate: { plateClass: "small" }, isExempt: false },
	evidence: { first: { capturedAt: 0 }, second: { capturedAt: 180_000 }, stoodStill: true, clock: "right" },
	...{ notArrived: 0, notSealed: 0, markings: { marking: true, sign: true }, isTransferred: false },
	...{ roadClass: "public_road", receiverKind: "traffic_police" },
};
const evidence = (change: object): Partial<TransferQuestion> => ({ evidence: { ...whole.evidence!, ...change } });

describe("what keeps a clue from being transferred", () => {
	it("is nothing where all is whole, for vehicles and for goods", () => {
		expect(transferRefusals(whole)).toEqual([]);
		const goods = { ...whole, cause: "object", plate: null, ...evidence({ stoodStill: null }) } as const;
		expect(transferRefusals(goods)).toEqual([]);
	});

	it.each<[string, Partial<TransferQuestion>]>([
		["already_transferred", { isTransferred: true }],
		["not_approved", { review: "confirmed" }],
		["said_false_alarm", { isSaidFalse: true }],
		["exempt", { isExempt: true }],
		["exempt", { plate: { plateClass: "emergency" } }],
		["plate_not_confirmed", { plate: null }],
		["no_evidence_set", { evidence: null }],
		["first_photo_missing", evidence({ first: null })],
		["second_photo_missing", evidence({ second: null })],
		["interval_too_short", evidence({ second: { capturedAt: 9_999 } })],
		["moved", evidence({ stoodStill: false })],
		["stillness_unknown", evidence({ stoodStill: null })],
		["clock_off", evidence({ clock: "off" })],
		["clock_unknown", evidence({ clock: "unknown" })],
		["evidence_not_arrived", { notArrived: 1 }],
		["evidence_not_sealed", { notSealed: 1 }],
		["marking_missing", { markings: { marking: false, sign: true } }],
		["sign_missing", { markings: { marking: true, sign: false } }],
		["receiver_of_other_law", { receiverKind: "fire_rescue" }],
	])("is %s alone", (refusal, change) => expect(transferRefusals({ ...whole, ...change })).toEqual([refusal]));

	it("is told all at once", () => {
		const change = { review: "none", plate: null, evidence: null, markings: { marking: false, sign: false } } as const;
		expect(transferRefusals({ ...whole, ...change })).toEqual([
			...["not_approved", "plate_not_confirmed", "no_evidence_set", "marking_missing", "sign_missing"],
		]);
	});
});

it("a transfer's number has the year and six digits", () => expect(transferNumber(2026, 17)).toBe("XS-2026-000017"));
