import { isIPv6 } from "node:net";
import { ApiError } from "../http/api-error.ts";
import { sha256Hex } from "../http/secrets.ts";
import type { Store } from "../store/open-store.ts";

const windowMs = 15 * 60_000;
/** A name's limit is the higher one: who guesses from one place is stopped before he locks out the name's owner. */
const limits = { address: 10, name: 30, browser: 10, code: 10, password: 10, enrolment: 10 } as const;

export interface Attempt {
	succeeded(): void;
}

/**
 * Counts a sign-in as failed before it is tried, so that many tries at once are counted too; `succeeded` takes that
 * back. Kept in the database: a restart gives nobody new tries.
 *
 * A browser in which this person has signed in before has tries of its own: whoever guesses at a name from many addresses,
 * or from behind the same router, locks out strangers and not the one who sits at the usual desk.
 *
 * @throws ApiError 429, alike for names that exist and names that do not.
 */
export function countSignIn(store: Store, who: WhoTries, now: number): Attempt {
	return count(store, subjectsOf(who), now);
}

/**
 * A code after the right password counts like a wrong password, and by the user besides: whoever has stolen the password
 * makes himself as many tickets as he likes. The usual desk goes on meanwhile.
 *
 * @throws ApiError 429
 */
export function countCode(store: Store, userId: string, who: WhoTries, now: number): Attempt {
	return count(store, [...subjectsOf(who), ...(who.knownBrowser === null ? [`code:${userId}`] : [])], now);
}

export interface WhoTries {
	readonly name: string;
	readonly address: string;
	/** The cookie of a browser in which this person has signed in before. */
	readonly knownBrowser: string | null;
}

const subjectsOf = ({ name, address, knownBrowser }: WhoTries) =>
	knownBrowser !== null
		? [`browser:${sha256Hex(knownBrowser)}:${name.toLowerCase()}`]
		: [`address:${network(address)}`, `name:${name.toLowerCase()}`];

/** The same of the own password, where somebody who is signed in is asked for it again. */
export const countPassword = (store: Store, userId: string, now: number): Attempt =>
	count(store, [`password:${userId}`], now);

/** The same of what is tried from an address. */
export const countAddress = (store: Store, address: string, now: number): Attempt =>
	count(store, [`address:${network(address)}`], now);

/** The same of one-time codes of edges: from an address, and apart from people's. */
export const countEnrolment = (store: Store, address: string, now: number): Attempt =>
	count(store, [`enrolment:${network(address)}`], now);

function count(store: Store, subjects: readonly string[], now: number): Attempt {
	const rows = store.transaction(() => {
		store.prepare("DELETE FROM sign_in_failures WHERE at <= ?").run(now - windowMs);
		for (const subject of subjects) refuseAbove(store, subject, now);
		const insert = store.prepare("INSERT INTO sign_in_failures (subject, at) VALUES (?, ?)");
		return subjects.map((subject) => insert.run(subject, now).lastInsertRowid);
	})();
	return {
		succeeded() {
			for (const row of rows) store.prepare("DELETE FROM sign_in_failures WHERE rowid = ?").run(row);
		},
	};
}

function refuseAbove(store: Store, subject: string, now: number): void {
	const { count, first } = store
		.prepare<[string], { count: number; first: number | null }>(
			"SELECT count(*) AS count, min(at) AS first FROM sign_in_failures WHERE subject = ?",
		)
		.get(subject) ?? { count: 0, first: null };
	if (count < limits[subject.split(":", 1)[0] as keyof typeof limits]) return;
	const seconds = Math.max(1, Math.ceil(((first ?? now) + windowMs - now) / 1000));
	throw new ApiError(429, "too_many_attempts", "Too many failed attempts; wait a while.", {
		headers: { "retry-after": String(seconds) },
	});
}

/** One customer of an IPv6 network has 2^64 addresses. */
function network(address: string): string {
	if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
	const [head = "", tail = ""] = address.split("::");
	const left = head.split(":").filter(Boolean);
	const right = tail.split(":").filter(Boolean);
	const groups = address.includes("::")
		? [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right]
		: left;
	return groups.slice(0, 4).join(":");
}
