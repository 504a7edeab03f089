import type { EscalationLevel, HandlingState } from "#core/handling/handling-words.ts";

const levelWords: Readonly<Record<EscalationLevel, string>> = {
	re_ring: "值班员",
	manager: "值班主管",
	property_manager: "物业经理",
	street_and_fire: "街道、消防",
	police_and_tow: "交警、拖车",
};

/** What the control room has done about it by then. */
const stateWords: Partial<Record<HandlingState, string>> = {
	raised: "尚无人确认",
	reopened: "再次占用，尚无人确认",
	acknowledged: "已确认",
	dispatched: "已派人",
	on_site: "已到场",
	transferred: "已移交",
};

/** Place, time, state; no plate and no name: it may go to many. */
export function escalationText(facts: {
	readonly level: EscalationLevel;
	readonly site: string;
	readonly lane: string;
	readonly sinceMs: number;
	readonly state: HandlingState;
	/** No camera sees the lane now. */
	readonly blind: boolean;
}): string {
	const { level, site, lane, sinceMs, state, blind } = facts;
	const minutes = Math.floor(sinceMs / 60_000);
	const since = minutes < 1 ? `${Math.floor(sinceMs / 1000)}秒` : `${minutes}分钟`;
	const seen = blind ? "摄像机现看不到现场，是否畅通未知。" : "";
	return `【升级·${levelWords[level]}】${site} ${lane}：消防车通道占用告警已${since}未解除，${stateWords[state] ?? "处置中"}。${seen}`;
}
