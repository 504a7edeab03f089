import type { TargetsBody } from "#contract/handling-targets-api.ts";
import { type EscalationLevel, escalationLevels } from "#core/handling/handling-words.ts";
import { timeOfDayOf } from "../policy/time-of-day.ts";

export const targetFields = ["acknowledge", "onSite", "clear", ...escalationLevels] as const;
export type TargetField = (typeof targetFields)[number];

/** Short ones are typed in seconds, long ones in minutes. */
export const unitOf = (field: TargetField): "s" | "min" =>
	field === "acknowledge" || field === "re_ring" ? "s" : "min";
const unitMs = { s: 1_000, min: 60_000 } as const;

/** As it is typed; what cannot be read stays as it is. */
export interface TargetsDraft {
	readonly times: Readonly<Record<TargetField, string>>;
	readonly isQuiet: boolean;
	readonly from: string;
	readonly to: string;
}

export type TargetProblem =
	| { readonly word: "notNumber" | "tooSmall" | "tooLarge" | "timeWrong" | "sameTime" }
	| { readonly word: "notBefore"; readonly level: EscalationLevel };
export type TargetProblems = Partial<Record<TargetField | "from" | "to", TargetProblem>>;

const isLevel = (field: TargetField): field is EscalationLevel =>
	(escalationLevels as readonly string[]).includes(field);

function msOf({ acknowledgeMs, onSiteMs, clearMs, escalateMs }: TargetsBody, field: TargetField): number {
	if (isLevel(field)) return escalateMs[field];
	return { acknowledge: acknowledgeMs, onSite: onSiteMs, clear: clearMs }[field];
}

export function draftOf(targets: TargetsBody): TargetsDraft {
	const times = Object.fromEntries(
		targetFields.map((field) => [field, String(msOf(targets, field) / unitMs[unitOf(field)])]),
	) as Record<TargetField, string>;
	const { quiet } = targets;
	const to = quiet?.to === "24:00" ? "00:00" : quiet?.to;
	return { times, isQuiet: quiet !== null, from: quiet?.from ?? "22:00", to: to ?? "07:00" };
}

const typedMs = (draft: TargetsDraft, field: TargetField): number =>
	draft.times[field].trim() === ""
		? Number.NaN
		: Math.round(Number(draft.times[field].trim().replace("，", ".").replace(",", ".")) * unitMs[unitOf(field)]);

/** What is wrong at which field. */
export function problemsOf(draft: TargetsDraft): TargetProblems {
	const problems: Record<string, TargetProblem> = {};
	for (const field of targetFields) {
		const ms = typedMs(draft, field);
		if (!Number.isFinite(ms)) problems[field] = { word: "notNumber" };
		else if (ms < 1_000) problems[field] = { word: "tooSmall" };
		else if (ms > 7 * 86_400_000) problems[field] = { word: "tooLarge" };
	}
	for (const [index, level] of escalationLevels.entries()) {
		const below = escalationLevels[index - 1];
		if (below && !problems[level] && !problems[below] && typedMs(draft, level) < typedMs(draft, below)) {
			problems[level] = { word: "notBefore", level: below };
		}
	}
	if (draft.isQuiet) {
		const [from, to] = [timeOfDayOf(draft.from), timeOfDayOf(draft.to)];
		if (from === null) problems["from"] = { word: "timeWrong" };
		if (to === null) problems["to"] = { word: "timeWrong" };
		if (from !== null && from === to) problems["to"] = { word: "sameTime" };
	}
	return problems;
}

/** Of a draft without problems. */
export function targetsOfDraft(draft: TargetsDraft, before: TargetsBody): TargetsBody {
	const ms = (field: TargetField) => typedMs(draft, field);
	const from = timeOfDayOf(draft.from) ?? "22:00";
	const to = timeOfDayOf(draft.to) ?? "07:00";
	const quiet = {
		...(before.quiet?.days ? { days: before.quiet.days } : {}),
		...{ from, to: to === "00:00" ? "24:00" : to },
	};
	return {
		...{ acknowledgeMs: ms("acknowledge"), onSiteMs: ms("onSite"), clearMs: ms("clear") },
		escalateMs: {
			...{ re_ring: ms("re_ring"), manager: ms("manager"), property_manager: ms("property_manager") },
			...{ street_and_fire: ms("street_and_fire"), police_and_tow: ms("police_and_tow") },
		},
		quiet: draft.isQuiet ? quiet : null,
	};
}
