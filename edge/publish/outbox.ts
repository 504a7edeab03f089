import type { Database } from "better-sqlite3";
import { type AlertMessage, alertMessage } from "#contract/messages/index.ts";

/** A message that waits to be sent. */
export interface Waiting {
	readonly id: string;
	/** The payload, as it goes out. */
	readonly body: string;
}

export interface Refusal {
	readonly id: string;
	readonly reason: string;
}

/** Refused messages are kept for whoever looks for the cause; of more than these, the oldest go. */
const keptRefusals = 10_000;

/**
 * A clock that was put back by less than this is outrun: an hour, a time zone, for the server leaves aside what is older than
 * what it knows. One that was further off was wrong before.
 */
const outrunClockMs = 25 * 3_600_000;

const schema = `
	CREATE TABLE IF NOT EXISTS outbox (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		lane_id TEXT NOT NULL,
		body TEXT NOT NULL, -- alert message, JSON
		put_at INTEGER NOT NULL,
		refused_at INTEGER, -- set: never sent again
		refused_reason TEXT
	) STRICT;
	DROP INDEX IF EXISTS outbox_waiting; -- of an older program
	CREATE INDEX IF NOT EXISTS outbox_waiting_by_camera ON outbox (lane_id, body ->> '$.cameraId', position)
		WHERE refused_at IS NULL;
	CREATE TABLE IF NOT EXISTS outbox_clock (
		only INTEGER PRIMARY KEY CHECK (only = 1),
		at INTEGER NOT NULL
	) STRICT;`;

/**
 * Alerts on their way to the server, in the edge's own database: what was put in the transaction of a decision is as
 * durable as the decision. A message stays until the server says that it is applied, or refuses it for good.
 *
 * Bound: none for messages that wait. An alert is never given up, and at a few hundred bytes each a year of a busy site
 * is some megabytes; the link says when they pile up.
 */
export class Outbox {
	readonly #db: Database;
	readonly #now: () => number;
	readonly #listeners = new Set<() => void>();

	constructor(db: Database, now: () => number = Date.now) {
		this.#db = db;
		this.#now = now;
		db.exec(schema);
	}

	/**
	 * Synchronous; joins the caller's transaction. The same id twice is put once. A message that the contract does not
	 * allow is set aside at once: an exception here would take the decision itself back.
	 */
	put(message: AlertMessage): void {
		const { error } = alertMessage.safeParse(message);
		const at = this.#now();
		this.#db
			.prepare(
				`INSERT INTO outbox (id, lane_id, body, put_at, refused_at, refused_reason) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (id) DO NOTHING`,
			)
			.run(message.id, message.laneId, JSON.stringify(message), at, error ? at : null, error?.message ?? null);
		// After the caller's transaction, which cannot reach beyond the running turn of the event loop.
		setImmediate(() => this.#tell());
	}

	/**
	 * What may be sent now, oldest first: of each lane and camera only the oldest message, so that a lane's messages reach
	 * the server in order whatever is lost, repeated or delayed on the way. By camera too: a server that was set back does
	 * not answer for a camera that it does not know, and whichever camera sees the lane now is not to wait for that.
	 * @param done what waits no more although it could not be taken out
	 */
	pending(limit: number, done: ReadonlySet<string> = new Set()): readonly Waiting[] {
		return this.#db
			.prepare<[object], Waiting>(
				`SELECT id, body FROM outbox WHERE position IN
					(SELECT min(position) FROM outbox WHERE refused_at IS NULL ${notOf(done)}
					GROUP BY lane_id, body ->> '$.cameraId')
				ORDER BY position LIMIT @limit`,
			)
			.all({ limit, done: JSON.stringify([...done]) });
	}

	acknowledge(ids: readonly string[]): void {
		const remove = this.#db.prepare("DELETE FROM outbox WHERE id = ?");
		this.#db.transaction(() => {
			for (const id of ids) remove.run(id);
		})();
	}

	refuse(refusals: readonly Refusal[]): void {
		const setAside = this.#db.prepare(
			"UPDATE outbox SET refused_at = ?, refused_reason = ? WHERE id = ? AND refused_at IS NULL",
		);
		this.#db.transaction(() => {
			for (const { id, reason } of refusals) setAside.run(this.#now(), reason, id);
			this.#db
				.prepare(
					`DELETE FROM outbox WHERE position IN
						(SELECT position FROM outbox WHERE refused_at IS NOT NULL ORDER BY position DESC LIMIT -1 OFFSET ?)`,
				)
				.run(keptRefusals);
		})();
	}

	/** How many wait for the server's word. */
	get size(): number {
		return this.count("refused_at IS NULL");
	}

	/** How many were refused for good. */
	get setAside(): number {
		return this.count("refused_at IS NOT NULL");
	}

	/** `listener` is called soon after something was put. Answers how to stop that. */
	onPut(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** The present, but always later than any that was given before, over restarts too: orders the edge's statuses. */
	nextInstant(): number {
		const last = this.#db.prepare<[], { at: number }>("SELECT at FROM outbox_clock").get()?.at;
		const at = laterThan(last, this.#now());
		this.#db
			.prepare("INSERT INTO outbox_clock (only, at) VALUES (1, ?) ON CONFLICT DO UPDATE SET at = excluded.at")
			.run(at);
		return at;
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}

	protected count(condition: string, done: ReadonlySet<string> = new Set()): number {
		return this.#db
			.prepare(`SELECT count(*) FROM outbox WHERE ${condition} ${notOf(done)}`)
			.pluck()
			.get({ done: JSON.stringify([...done]) }) as number;
	}
}

/** Said only where there are some. */
const notOf = ({ size }: ReadonlySet<string>) =>
	size === 0 ? "" : "AND id NOT IN (SELECT value FROM json_each(@done))";

/** `at`, or if it is not later than `last`, the next instant after that. */
export function laterThan(last: number | undefined, at: number): number {
	return last !== undefined && at <= last && last - at < outrunClockMs ? last + 1 : at;
}
