import { wait } from "#platform/wait.ts";

/** Asks again and again until `look` gives something; after the deadline, throws with what it last saw. */
export async function until<T>(
	what: string,
	look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
	{
		deadlineMs = 45_000,
		everyMs = 50,
		lastSeen,
	}: { deadlineMs?: number; everyMs?: number; lastSeen?: () => unknown } = {},
): Promise<T> {
	const end = Date.now() + deadlineMs;
	for (;;) {
		const seen = await look();
		if (seen) return seen;
		if (Date.now() > end) {
			const last = lastSeen ? JSON.stringify(lastSeen()) : String(seen);
			throw new Error(`waited ${deadlineMs} ms for ${what}; last seen: ${last}`);
		}
		await wait(everyMs);
	}
}
