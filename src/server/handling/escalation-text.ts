import type { Language } from "#contract/language.ts";
import type { EscalationLevel, HandlingState } from "#core/handling/handling-words.ts";

export interface EscalationFacts {
	readonly level: EscalationLevel;
	readonly site: string;
	readonly lane: string;
	readonly sinceMs: number;
	readonly state: HandlingState;
	/** No camera sees the lane now. */
	readonly blind: boolean;
}

interface Words {
	readonly level: Readonly<Record<EscalationLevel, string>>;
	/** What the control room has done about it by then. */
	readonly state: Partial<Record<HandlingState, string>>;
	readonly otherState: string;
	readonly seconds: (count: number) => string;
	readonly minutes: (count: number) => string;
	readonly blind: string;
	readonly sentence: (parts: Record<"level" | "place" | "since" | "state" | "blind", string>) => string;
}

const words: Readonly<Record<Language, Words>> = {
	"zh-CN": {
		level: {
			re_ring: "值班员",
			manager: "值班主管",
			property_manager: "物业经理",
			street_and_fire: "街道、消防",
			police_and_tow: "交警、拖车",
		},
		state: {
			raised: "尚无人确认",
			reopened: "再次占用，尚无人确认",
			acknowledged: "已确认",
			dispatched: "已派人",
			on_site: "已到场",
			transferred: "已移交",
		},
		otherState: "处置中",
		seconds: (count) => `${count}秒`,
		minutes: (count) => `${count}分钟`,
		blind: "摄像机现看不到现场，是否畅通未知。",
		sentence: ({ level, place, since, state, blind }) =>
			`【升级·${level}】${place}：消防车通道占用告警已${since}未解除，${state}。${blind}`,
	},
	en: {
		level: {
			re_ring: "officer on duty",
			manager: "duty manager",
			property_manager: "property manager",
			street_and_fire: "street and fire service",
			police_and_tow: "police and tow service",
		},
		state: {
			raised: "nobody has acknowledged it",
			reopened: "occupied again, nobody has acknowledged it",
			acknowledged: "acknowledged",
			dispatched: "somebody was sent",
			on_site: "somebody is there",
			transferred: "transferred",
		},
		otherState: "being handled",
		seconds: (count) => `${count} s`,
		minutes: (count) => `${count} min`,
		blind: " No camera sees the place now: whether it is clear is unknown.",
		sentence: ({ level, place, since, state, blind }) =>
			`[Escalated: ${level}] ${place}: the fire lane has been reported occupied for ${since}; ${state}.${blind}`,
	},
};

/** Place, time, state; no plate and no name: it may go to many. */
export function escalationText(facts: EscalationFacts, language: Language): string {
	const { level, site, lane, sinceMs, state, blind } = facts;
	const say = words[language];
	const minutes = Math.floor(sinceMs / 60_000);
	return say.sentence({
		level: say.level[level],
		place: `${site} ${lane}`,
		since: minutes < 1 ? say.seconds(Math.floor(sinceMs / 1000)) : say.minutes(minutes),
		state: say.state[state] ?? say.otherState,
		blind: blind ? say.blind : "",
	});
}
