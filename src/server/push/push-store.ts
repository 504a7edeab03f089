import type { Language } from "#contract/language.ts";
import type { SubscriptionBody } from "#contract/push-api.ts";
import type { Role } from "#core/roles/role-words.ts";
import { sha256Hex } from "../http/secrets.ts";
import type { Store } from "../store/open-store.ts";

export interface PushSubscription {
	readonly id: string;
	readonly userId: string;
	readonly userName: string;
	readonly endpoint: string;
	readonly p256dh: string;
	readonly auth: string;
	readonly language: Language;
}

/** Who has more forgot the older ones. */
const mostOfOnePerson = 8;

const select = `SELECT p.id, p.user_id AS userId, u.name AS userName, p.endpoint, p.p256dh, p.auth, p.language
	FROM push_subscriptions p JOIN users u ON u.id = p.user_id`;

export function putSubscription(
	store: Store,
	{ endpoint, keys, language }: SubscriptionBody,
	{ userId, sessionId, at }: { readonly userId: string; readonly sessionId: string; readonly at: number },
): void {
	const row = { id: sha256Hex(endpoint), userId, sessionId, endpoint, ...keys, language, at };
	store.transaction(() => {
		store
			.prepare(
				`INSERT OR REPLACE INTO push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, language, created_at)
				VALUES (@id, @userId, @sessionId, @endpoint, @p256dh, @auth, @language, @at)`,
			)
			.run(row);
		store
			.prepare(
				`DELETE FROM push_subscriptions WHERE user_id = @userId AND id NOT IN (SELECT id FROM push_subscriptions
				WHERE user_id = @userId ORDER BY created_at DESC, rowid DESC LIMIT ${mostOfOnePerson})`,
			)
			.run({ userId });
	})();
}

/** One's own; another's stays. */
export function dropSubscription(store: Store, endpoint: string, userId: string): void {
	store.prepare("DELETE FROM push_subscriptions WHERE id = ? AND user_id = ?").run(sha256Hex(endpoint), userId);
}

/** Its push service knows it no more. */
export function forgetSubscription(store: Store, id: string): void {
	store.prepare("DELETE FROM push_subscriptions WHERE id = ?").run(id);
}

export const findSubscription = (store: Store, id: string): PushSubscription | undefined =>
	store.prepare<[string], PushSubscription>(`${select} WHERE p.id = ?`).get(id);

export const subscriptionsOf = (store: Store, userId: string): readonly PushSubscription[] =>
	store.prepare<[string], PushSubscription>(`${select} WHERE p.user_id = ? AND u.disabled_at IS NULL`).all(userId);

/** Of those who have one of these roles, wherever they are responsible. */
export const subscriptionsOfRoles = (store: Store, roles: readonly Role[]): readonly PushSubscription[] =>
	store
		.prepare<[string], PushSubscription>(
			`${select} WHERE u.role IN (SELECT value FROM json_each(?)) AND u.disabled_at IS NULL ORDER BY p.created_at`,
		)
		.all(JSON.stringify(roles));
