import webPush from "web-push";
import type { PushMessage } from "#contract/push-api.ts";
import { may } from "#core/roles/role-table.ts";
import type { Role } from "#core/roles/role-words.ts";
import type { PushKey } from "../push/push-key.ts";
import { findSubscription, forgetSubscription } from "../push/push-store.ts";
import type { ServerConfig } from "../config.ts";
import type { Store } from "../store/open-store.ts";
import { callOut, type CalledPlace, outcomeOfStatus, wasAnswered } from "./call-out.ts";
import type { NoticeChannel, OutgoingNotice, SendOutcome } from "./notice-channel.ts";

/** No channel of the configuration may be called so. */
export const pushChannelName = "web-push";

export interface PushChannel extends CalledPlace {
	readonly mostAttempts: number;
	readonly mostPerMinute: number;
	/** Whom a push service writes to when something is wrong: `mailto:` or `https:`. */
	readonly contact: string;
}

export const pushOf = ({ push, publicUrl }: ServerConfig): PushChannel => ({
	...{ timeoutMs: 10_000, mostAttempts: 5, mostPerMinute: push.mostPerMinute },
	allowPrivateAddress: push.allowPrivateAddress,
	contact: push.contact ? `mailto:${push.contact}` : publicUrl?.startsWith("https:") ? publicUrl : nobodysContact,
});
/** Push services want one; those who run this one named none. */
const nobodysContact = "mailto:keepclear@invalid";

/** A word that is older says nothing any more: the page tells how it is now. */
const holdsSeconds = 900;
const goneStatus = [404, 410];

/**
 * Encrypted for the phone (RFC 8291), signed for its push service (RFC 8292). The address is one that a browser named: it is
 * called like any other, never this machine or its network. One whose push service knows it no more is forgotten.
 */
export function pushChannel(store: Store, key: PushKey, push: PushChannel): NoticeChannel {
	const { mostAttempts, mostPerMinute, contact } = push;
	return {
		...{ name: pushChannelName, kind: "push", mostAttempts, mostPerMinute },
		send: async (notice, signal) => {
			const subscription = notice.pushTo === undefined ? undefined : findSubscription(store, notice.pushTo);
			if (!subscription) return { sent: false, retry: false, why: "the phone is signed out" };
			const url = new URL(subscription.endpoint);
			if (url.protocol !== "https:" && !push.allowPrivateAddress) return notHttps;
			const payload = JSON.stringify(messageOf(store, notice, subscription.userId));
			let details;
			try {
				const { endpoint, p256dh, auth } = subscription;
				details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
					...{ TTL: holdsSeconds, urgency: "high", contentEncoding: "aes128gcm" },
					vapidDetails: { subject: contact, ...key },
				});
			} catch {
				forgetSubscription(store, subscription.id); // its key is no point of the curve: it can never be told
				return { sent: false, retry: false, why: "the phone's key is no key" };
			}
			const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]));
			const answered = await callOut(push, { method: "POST", url, headers, body: details.body ?? "" }, { signal });
			if (!wasAnswered(answered)) return answered;
			if (!goneStatus.includes(answered.status)) return outcomeOfStatus(answered.status);
			forgetSubscription(store, subscription.id);
			return { sent: false, retry: false, why: "the phone's push service knows it no more" };
		},
	};
}

const notHttps: SendOutcome = { sent: false, retry: false, why: "the phone's push service is not called by https" };

/** A guard's alerts stand on the guard's page; who may see no more of it than that is sent there. */
function messageOf(store: Store, { alertId, text }: OutgoingNotice, userId: string): PushMessage {
	const [title = "", ...lines] = text.split("\n");
	const role = store.prepare<[string], Role>("SELECT role FROM users WHERE id = ?").pluck().get(userId);
	const isOnFoot = role !== undefined && may(role, "attend") && !may(role, "handle");
	const id = encodeURIComponent(alertId);
	return { title, body: lines.join("\n"), path: isOnFoot ? `/guard#${id}` : `/alerts/${id}`, tag: alertId };
}
