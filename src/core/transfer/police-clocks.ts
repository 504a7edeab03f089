import { addDays, dayAt, dayEnd } from "../calendar/days.ts";
import { addWorkingDays, type WorkCalendar } from "../calendar/working-days.ts";
import { entriesThatHold, type TransferEntry } from "./transfer-state.ts";
import type { EntryKind, PoliceClockName, PoliceClockState, ReceiverKind } from "./transfer-words.ts";

export interface TransferHistory {
	readonly receiverKind: ReceiverKind;
	readonly transferredAt: number;
	readonly entries: readonly TransferEntry[];
}

export interface PoliceClock {
	readonly name: PoliceClockName;
	readonly state: PoliceClockState;
	/** Days of the site's calendar. The first is not counted. */
	readonly startedOn: string;
	readonly dueOn: string;
	/** The end of that day, ms. */
	readonly dueAt: number;
	readonly keptOn: string | null;
	readonly law: string;
}

/**
 * What the traffic police have time for, and until when, by 道路交通安全违法行为处理程序规定 (2020): days of two, three, five …
 * are working days (81), the thirty are days of the calendar. Assumed where the text speaks of the police's own devices and
 * not of clues from others (23 has it followed "by reference"):
 *
 * - what was "collected" is what was received, or, until a receipt is known, what was transferred;
 * - "entered" is when the receiver says that it accepted the clue;
 * - what is to be cancelled is so from the day on which it was returned after having been entered, or an objection was
 *   upheld.
 *
 * The fire law names no such times: nothing is told of what the fire service has.
 */
export function policeClocks(
	history: TransferHistory,
	{ now, timeZone, calendar }: { readonly now: number; readonly timeZone: string; readonly calendar: WorkCalendar },
): readonly PoliceClock[] {
	if (history.receiverKind !== "traffic_police") return [];
	const entries = entriesThatHold(history.entries);
	const transferredOn = dayAt(timeZone, history.transferredAt);
	const today = dayAt(timeZone, now);
	return rules.flatMap((rule) => {
		const startedOn = rule.startedOn(entries, transferredOn);
		if (startedOn === null) return [];
		const dueOn = rule.dueAfter(startedOn, calendar);
		const keptOn = entries.find(({ kind, on }) => rule.keptBy.includes(kind) && on >= startedOn)?.on ?? null;
		const state = (keptOn ?? today) > dueOn ? "late" : keptOn === null ? "running" : "kept";
		const { name, law } = rule;
		return [{ name, state, startedOn, dueOn, dueAt: dayEnd(timeZone, dueOn), keptOn, law }];
	});
}

/** The one to look at: a late one that is still not kept, else the next that ends. */
export function nextClock(clocks: readonly PoliceClock[]): PoliceClock | null {
	return clocks.filter(({ keptOn }) => keptOn === null).sort((a, b) => a.dueAt - b.dueAt)[0] ?? null;
}

interface Rule {
	readonly name: PoliceClockName;
	readonly law: string;
	readonly startedOn: (entries: readonly TransferEntry[], transferredOn: string) => string | null;
	readonly dueAfter: (day: string, calendar: WorkCalendar) => string;
	readonly keptBy: readonly EntryKind[];
}

const firstOf = (entries: readonly TransferEntry[], ...kinds: readonly EntryKind[]) =>
	entries.find(({ kind }) => kinds.includes(kind))?.on ?? null;
const workingDays = (days: number) => (day: string, calendar: WorkCalendar) => addWorkingDays(calendar, day, days);
const article = (number: string) => `《道路交通安全违法行为处理程序规定》第${number}条`;

const rules: readonly Rule[] = [
	{
		...{ name: "review", law: article("十九"), dueAfter: workingDays(5) },
		startedOn: (entries, transferredOn) => firstOf(entries, "receipt") ?? transferredOn,
		keptBy: ["accepted", "returned", "notice_sent", "towed", "handled"],
	},
	{
		...{ name: "notify", law: article("二十"), dueAfter: workingDays(5) },
		startedOn: (entries) => firstOf(entries, "accepted"),
		keptBy: ["notice_sent", "handled", "returned", "cancelled"],
	},
	{
		...{ name: "handle", law: article("二十"), dueAfter: (day) => addDays(day, 30) },
		startedOn: (entries) => firstOf(entries, "notice_sent"),
		keptBy: ["handled", "returned", "cancelled"],
	},
	{
		...{ name: "objection", law: article("五"), dueAfter: workingDays(5) },
		startedOn: (entries) => firstOf(entries, "objection"),
		keptBy: ["objection_upheld", "objection_rejected", "cancelled"],
	},
	{
		...{ name: "cancel", law: article("二十二"), dueAfter: workingDays(3) },
		startedOn: (entries) => {
			const upheld = firstOf(entries, "objection_upheld");
			const entered = firstOf(entries, "accepted", "notice_sent");
			const returned = entries.find(({ kind, on }) => kind === "returned" && entered !== null && on >= entered)?.on;
			return [upheld, returned ?? null].filter((day) => day !== null).sort()[0] ?? null;
		},
		keptBy: ["cancelled"],
	},
];
