import type { Store } from "../store/open-store.ts";
import { sha256Hex } from "../http/secrets.ts";

/** For so long a browser is known after it was last signed in at. */
export const knownForMs = 180 * 24 * 3_600_000;
const mostOfOneUser = 30;

/**
 * A browser's cookie that says no more than "here this person has signed in before". It opens nothing; it lets its person
 * try while strangers guess at the name (`sign-in-throttle.ts`).
 */
export function isKnownBrowser(store: Store, cookie: string, userId: string, now: number): boolean {
	return (
		store
			.prepare("SELECT 1 FROM known_browsers WHERE token_hash = ? AND user_id = ? AND seen_at > ?")
			.get(sha256Hex(cookie), userId, now - knownForMs) !== undefined
	);
}

export function rememberBrowser(store: Store, cookie: string, userId: string, now: number): void {
	store
		.prepare(
			`INSERT INTO known_browsers (token_hash, user_id, seen_at) VALUES (?, ?, ?)
			ON CONFLICT (token_hash, user_id) DO UPDATE SET seen_at = excluded.seen_at`,
		)
		.run(sha256Hex(cookie), userId, now);
	store
		.prepare(
			`DELETE FROM known_browsers WHERE user_id = @userId AND (seen_at <= @before OR token_hash NOT IN (
				SELECT token_hash FROM known_browsers WHERE user_id = @userId ORDER BY seen_at DESC LIMIT ${mostOfOneUser}))`,
		)
		.run({ userId, before: now - knownForMs });
}
