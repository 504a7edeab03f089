import { expect, test } from "vitest";
import { languages } from "#contract/language.ts";
import { escalationLevels, handlingStates } from "#core/handling/handling-words.ts";
import { escalationText } from "../../src/server/handling/escalation-text.ts";

const facts = {
	level: "street_and_fire",
	site: "阳光花园",
	lane: "东门",
	sinceMs: 1_830_000,
	state: "raised",
} as const;

test("an escalation says where, for how long and what was done, in the language of those who read it", () => {
	expect(escalationText({ ...facts, blind: false }, "zh-CN")).toBe(
		"【升级·街道、消防】阳光花园 东门：消防车通道占用告警已30分钟未解除，尚无人确认。",
	);
	expect(escalationText({ ...facts, sinceMs: 45_900, blind: true }, "en")).toBe(
		"[Escalated: street and fire service] 阳光花园 东门: the fire lane has been reported occupied for 45 s; " +
			"nobody has acknowledged it. No camera sees the place now: whether it is clear is unknown.",
	);
});

test("every level and every state has its words in both languages", () => {
	for (const language of languages)
		for (const level of escalationLevels)
			for (const state of handlingStates)
				expect(escalationText({ ...facts, level, state, blind: false }, language)).not.toMatch(/undefined/);
});
