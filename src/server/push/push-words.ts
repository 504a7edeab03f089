import type { Language } from "#contract/language.ts";
import type { EscalationLevel } from "#core/handling/handling-words.ts";

export interface PushFacts {
	readonly site: string;
	readonly lane: string;
	/** Since when it stands there, ms. */
	readonly sinceMs: number;
	/** Null: it was given to the reader. */
	readonly level: EscalationLevel | null;
}

const words = {
	"zh-CN": {
		given: "派给您：请到现场",
		level: {
			re_ring: "占用告警仍无人确认",
			manager: "占用告警无人确认",
			property_manager: "占用已升级到您",
			street_and_fire: "占用已升级到街道、消防",
			police_and_tow: "占用已升级到交警、拖车",
		},
		body: (site: string, lane: string, minutes: number) => `${site} ${lane}，已占用 ${minutes} 分钟`,
	},
	en: {
		given: "Given to you: please go there",
		level: {
			re_ring: "Nobody has acknowledged yet",
			manager: "Nobody has acknowledged",
			property_manager: "An obstruction is escalated to you",
			street_and_fire: "Escalated to street and fire service",
			police_and_tow: "Escalated to police and tow service",
		},
		body: (site: string, lane: string, minutes: number) => `${site} ${lane}, occupied for ${minutes} min`,
	},
} as const satisfies Record<Language, object>;

/** Two lines: what it is, and where and since when. It stands on a locked screen: no plate, no name. */
export function pushText({ site, lane, sinceMs, level }: PushFacts, language: Language): string {
	const { given, level: levels, body } = words[language];
	const minutes = Math.max(1, Math.round(sinceMs / 60_000));
	return `${level === null ? given : levels[level]}\n${body(site, lane, minutes)}`;
}
