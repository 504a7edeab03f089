import { callOut, type CalledPlace, outcomeOfStatus, wasAnswered } from "./call-out.ts";
import type { NoticeChannel, OutgoingNotice, SendOutcome } from "./notice-channel.ts";
import { fillIn } from "./template.ts";

/** What stands for what in a gateway's fields. `secret` is the file's content, `phone` whom it goes to. */
export const gatewayFields = ["id", "text", "phone", "secret"] as const;

/** A gateway that sends SMS, or a loudspeaker that reads a text, by a plain HTTP call of the maker's own form. */
export interface Gateway extends CalledPlace {
	readonly name: string;
	readonly kind: "sms" | "speaker";
	readonly url: string;
	readonly as: "json" | "form" | "query";
	/** Name of each field, and its value with `{text}`, `{phone}` … in it. */
	readonly fields: Readonly<Record<string, string>>;
	readonly headers: Readonly<Record<string, string>>;
	readonly secret: string | null;
	/** Where its answer says how it went; null: its status alone. */
	readonly success: { readonly key: string; readonly is: string } | null;
	/** Whom a notice goes to that names nobody; a loudspeaker needs none. */
	readonly phones: readonly string[];
	readonly mostAttempts: number;
	readonly mostPerMinute: number;
}

const mostRemembered = 1_000;

/** Calls once for each telephone; a notice is sent when all are, and is not sent again to those that were reached. */
export function gatewayChannel(gateway: Gateway): NoticeChannel {
	const { name, kind, mostAttempts, mostPerMinute } = gateway;
	/** By notice: those reached, while others are still to be. Lost in a restart: then some hear it twice. */
	const reached = new Map<string, Set<string>>();
	const remember = (id: string, phones: Set<string>) => {
		if (reached.size >= mostRemembered) reached.clear(); // of notices that were given up
		reached.set(id, phones);
	};
	return {
		...{ name, kind, mostAttempts, mostPerMinute },
		send: async (notice, signal) => {
			const phones = kind === "speaker" ? [""] : notice.phone !== null ? [notice.phone] : gateway.phones;
			if (phones.length === 0) return { sent: false, retry: false, why: "it needs a telephone number" };
			const done = reached.get(notice.id) ?? new Set<string>();
			for (const phone of phones.filter((each) => !done.has(each))) {
				const outcome = await callOne(gateway, notice, phone, signal);
				if (!outcome.sent) {
					if (outcome.retry && done.size > 0) remember(notice.id, done);
					else reached.delete(notice.id);
					return outcome;
				}
				done.add(phone);
			}
			reached.delete(notice.id);
			return { sent: true };
		},
	};
}

async function callOne(
	gateway: Gateway,
	{ id, text }: OutgoingNotice,
	phone: string,
	signal: AbortSignal,
): Promise<SendOutcome> {
	const values = { id, text, phone, secret: gateway.secret ?? "" };
	const filled = (texts: Readonly<Record<string, string>>) =>
		Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, fillIn(value, values)]));
	const fields = filled(gateway.fields);
	const url = new URL(gateway.url);
	if (gateway.as === "query") for (const [key, value] of Object.entries(fields)) url.searchParams.set(key, value);
	const answered = await callOut(
		gateway,
		{
			method: gateway.as === "query" ? "GET" : "POST",
			url,
			headers: { ...contentTypeOf[gateway.as], ...filled(gateway.headers) },
			body: bodyOf(gateway.as, fields),
		},
		{ signal, readAnswer: gateway.success !== null },
	);
	if (!wasAnswered(answered)) return answered;
	const byStatus = outcomeOfStatus(answered.status);
	return byStatus.sent && gateway.success ? outcomeOfAnswer(answered.text, gateway.success) : byStatus;
}

const contentTypeOf = {
	json: { "content-type": "application/json; charset=utf-8" },
	form: { "content-type": "application/x-www-form-urlencoded" },
	query: {},
} as const;

function bodyOf(as: Gateway["as"], fields: Readonly<Record<string, string>>): string {
	if (as === "query") return "";
	return as === "json" ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
}

function outcomeOfAnswer(text: string, { key, is }: { readonly key: string; readonly is: string }): SendOutcome {
	try {
		const answer = JSON.parse(text) as Record<string, unknown> | null;
		const found = answer?.[key];
		if (found === undefined) return { sent: false, retry: true, why: `its answer has no ${key}` };
		const said = typeof found === "string" ? found : JSON.stringify(found);
		return said === is
			? { sent: true }
			: { sent: false, retry: false, why: `it refused it: ${key} is ${said.slice(0, 40)}` };
	} catch {
		return { sent: false, retry: true, why: "its answer is no JSON" };
	}
}
