import { createHmac } from "node:crypto";
import { callOut, type CalledPlace, outcomeOfStatus, wasAnswered } from "./call-out.ts";
import type { NoticeChannel, SendOutcome } from "./notice-channel.ts";

export const robotKinds = ["wecom", "dingtalk", "feishu"] as const;
export type RobotKind = (typeof robotKinds)[number];

/** A robot of a group chat. Its address is its password. */
export interface Robot extends CalledPlace {
	readonly name: string;
	readonly kind: RobotKind;
	readonly url: string;
	/** With which messages are signed; null where the robot does not ask for it. WeCom has none. */
	readonly secret: string | null;
	readonly mostAttempts: number;
	readonly mostPerMinute: number;
}

/**
 * Posts the text into a group chat, by the robots' own protocols: WeCom `msgtype: text`, DingTalk with `timestamp` and `sign`
 * in the address, Feishu with both in the body. They answer 200 also to what they refuse: their code decides. A robot knows no
 * ids: after a kill between its answer and our note of it a message may come twice.
 */
export function robotChannel(robot: Robot, now: () => number = Date.now): NoticeChannel {
	const { name, kind, mostAttempts, mostPerMinute } = robot;
	const protocol = protocols[kind];
	return {
		...{ name, kind, mostAttempts, mostPerMinute },
		send: async ({ text }, signal) => {
			const { url, message } = protocol.message(robot, text, now());
			const headers = { "content-type": "application/json; charset=utf-8" };
			const call = { method: "POST" as const, url, headers, body: JSON.stringify(message) };
			const answered = await callOut(robot, call, { signal, readAnswer: true });
			if (!wasAnswered(answered)) return answered;
			const byStatus = outcomeOfStatus(answered.status);
			return byStatus.sent ? outcomeOfCode(protocol, answered.text) : byStatus;
		},
	};
}

interface Protocol {
	readonly message: (robot: Robot, text: string, at: number) => { readonly url: URL; readonly message: unknown };
	/** Where its answer says how it went: 0 is well. */
	readonly codeKeys: readonly string[];
	/** Too many messages: later it goes. */
	readonly tooMany: readonly number[];
}

const protocols: Readonly<Record<RobotKind, Protocol>> = {
	wecom: {
		message: ({ url }, text) => ({ url: new URL(url), message: { msgtype: "text", text: { content: text } } }),
		codeKeys: ["errcode"],
		tooMany: [45009, -1],
	},
	dingtalk: {
		message: ({ url, secret }, text, at) => {
			const signedUrl = new URL(url);
			if (secret !== null) {
				signedUrl.searchParams.set("timestamp", String(at));
				signedUrl.searchParams.set("sign", hmac(secret, `${at}\n${secret}`));
			}
			return { url: signedUrl, message: { msgtype: "text", text: { content: text } } };
		},
		codeKeys: ["errcode"],
		tooMany: [130101, 410100, -1],
	},
	feishu: {
		message: ({ url, secret }, text, at) => {
			const timestamp = String(Math.floor(at / 1000));
			const sign = secret === null ? {} : { timestamp, sign: hmac(`${timestamp}\n${secret}`, "") };
			return { url: new URL(url), message: { ...sign, msg_type: "text", content: { text } } };
		},
		codeKeys: ["code", "StatusCode"],
		tooMany: [9499, 11232],
	},
};

const hmac = (key: string, text: string) => createHmac("sha256", key).update(text).digest("base64");

function outcomeOfCode({ codeKeys, tooMany }: Protocol, text: string): SendOutcome {
	const code = codeIn(text, codeKeys);
	if (code === 0) return { sent: true };
	if (code === null)
		return { sent: false, retry: true, why: "answered with something that is no answer of such a robot" };
	return { sent: false, retry: tooMany.includes(code), why: `the robot refused it with code ${code}` };
}

function codeIn(text: string, keys: readonly string[]): number | null {
	try {
		const answer = JSON.parse(text) as unknown;
		if (typeof answer !== "object" || answer === null) return null;
		const code = keys.map((key) => (answer as Record<string, unknown>)[key]).find((each) => typeof each === "number");
		return typeof code === "number" ? code : null;
	} catch {
		return null;
	}
}
