import { createHmac } from "node:crypto";
import { callOut, type CalledPlace, outcomeOfStatus, wasAnswered } from "./call-out.ts";
import type { NoticeChannel, OutgoingNotice } from "./notice-channel.ts";

export interface Webhook extends CalledPlace {
	readonly name: string;
	readonly url: string;
	readonly secret: string;
	readonly mostAttempts: number;
	readonly mostPerMinute: number;
}

/**
 * `POST url` with the notice as JSON. The receiver checks
 * `x-keepclear-signature: sha256=<HMAC-SHA-256 of "<x-keepclear-timestamp>.<body>" by the shared secret, hexadecimal>`
 * and takes an `x-keepclear-notice` id once. Redirects are not followed; of the answer only its status is read.
 */
export function webhookChannel(webhook: Webhook, now: () => number = Date.now): NoticeChannel {
	const { name, mostAttempts, mostPerMinute } = webhook;
	return {
		...{ name, kind: "webhook", mostAttempts, mostPerMinute },
		send: async (notice, signal) => {
			const call = { method: "POST" as const, url: new URL(webhook.url), ...signed(notice, webhook.secret, now()) };
			const answered = await callOut(webhook, call, { signal });
			return wasAnswered(answered) ? outcomeOfStatus(answered.status) : answered;
		},
	};
}

function signed(notice: OutgoingNotice, secret: string, at: number) {
	const body = JSON.stringify({ v: 1, ...notice });
	const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
	const headers = {
		"content-type": "application/json; charset=utf-8",
		"x-keepclear-notice": notice.id,
		"x-keepclear-timestamp": String(at),
		"x-keepclear-signature": `sha256=${signature}`,
	};
	return { body, headers };
}
