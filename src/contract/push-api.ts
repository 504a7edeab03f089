import { z } from "zod";
import { languages } from "./language.ts";

/**
 * Being told on this phone or computer of what is given to one (Web Push, RFC 8030, 8291, 8292). It holds as long as the
 * session in which it was asked for.
 *
 *     GET    /api/push                pushAnswer
 *     PUT    /api/push/subscription   subscriptionBody -> 204; the same endpoint again takes the place of the one before
 *     DELETE /api/push/subscription   endpointBody -> 204
 */

const base64url = (bytes: number) =>
	z
		.string()
		.regex(/^[A-Za-z0-9_-]{1,200}=*$/, "must be base64url")
		.refine((text) => lengthOf(text) === bytes, { error: `must have ${bytes} bytes` });

/** Length of what a base64url text stands for; this file is read by the page too, which has no Buffer. */
function lengthOf(text: string): number {
	return Math.floor((text.replace(/=+$/, "").length * 3) / 4);
}

const endpoint = z
	.url({ protocol: /^https?$/, error: "must be the address of a push service" })
	.max(1000)
	.refine((url) => {
		if (!URL.canParse(url)) return false;
		const { username, password } = new URL(url);
		return username === "" && password === "";
	}, "must carry no user or password");

export const endpointBody = z.strictObject({ endpoint });

export const subscriptionBody = z.strictObject({
	endpoint,
	keys: z.strictObject({ p256dh: base64url(65), auth: base64url(16) }),
	/** What it is told in. */
	language: z.enum(languages),
});

export const pushAnswer = z.object({
	/** What the browser subscribes with, base64url. */
	publicKey: z.string(),
});

/** What a push carries, as JSON; no plate, no name of a driver. */
export const pushMessage = z.object({
	title: z.string(),
	body: z.string(),
	/** What tapping it opens, a path of the page. */
	path: z.string(),
	/** One alert's messages take each other's place. */
	tag: z.string(),
});

export type SubscriptionBody = z.infer<typeof subscriptionBody>;
export type EndpointBody = z.infer<typeof endpointBody>;
export type PushMessage = z.infer<typeof pushMessage>;
