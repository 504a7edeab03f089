import type { Store } from "./open-store.ts";

export type FeedKind = "lane" | "alert" | "camera" | "edge" | "plan" | "removed";
export interface FeedRow {
	readonly position: number;
	readonly kind: FeedKind;
	readonly subject: string;
}

/** How many changes can be caught up on; who comes back after more loads everything anew. */
const keptRows = 20_000;

/**
 * The order of all changes. `append` is called in the transaction of the change itself; `onAppend` listeners are told
 * after it (they read what is committed).
 */
export class Feed {
	readonly #store: Store;
	readonly #listeners = new Set<() => void>();

	constructor(store: Store) {
		this.#store = store;
	}

	append(kind: FeedKind, subject: string, at: number): void {
		const { lastInsertRowid } = this.#store
			.prepare("INSERT INTO feed (kind, subject, at) VALUES (?, ?, ?)")
			.run(kind, subject, at);
		const position = Number(lastInsertRowid);
		if (position % 1000 === 0) this.#store.prepare("DELETE FROM feed WHERE position <= ?").run(position - keptRows);
		setImmediate(() => {
			for (const listener of this.#listeners) listener();
		});
	}

	/** Null when changes after `position` have been dropped, or the position is not one of ours. */
	since(position: number, limit = 500): readonly FeedRow[] | null {
		const { first, last } = this.bounds();
		if (position > last || position < first - 1) return null;
		return this.#store
			.prepare<[number, number], FeedRow>(
				"SELECT position, kind, subject FROM feed WHERE position > ? ORDER BY position LIMIT ?",
			)
			.all(position, limit);
	}

	position(): number {
		return this.bounds().last;
	}

	onAppend(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	private bounds(): { first: number; last: number } {
		const row = this.#store
			.prepare<[], { first: number | null; last: number | null }>(
				"SELECT min(position) AS first, max(position) AS last FROM feed",
			)
			.get();
		return { first: row?.first ?? 1, last: row?.last ?? 0 };
	}
}
