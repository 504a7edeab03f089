import type { Feed } from "../store/feed.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Finds edges that fell silent without a last will: when the broker is killed, or cut off from us, nobody says for an
 * edge that it is gone. Times are monotonic ms: a clock that jumps silences nobody.
 */
export class SilentEdges {
	readonly #store: Store;
	readonly #feed: Feed;
	readonly #silentAfterMs: number;
	readonly #now: () => number;
	readonly #heardAt = new Map<string, number>();
	readonly #startedAt: number;

	constructor(store: Store, feed: Feed, silentAfterMs: number, now: () => number = () => performance.now()) {
		this.#store = store;
		this.#feed = feed;
		this.#silentAfterMs = silentAfterMs;
		this.#now = now;
		this.#startedAt = now();
	}

	/** Something came from the edge just now, not out of the broker's memory. */
	heard(edgeId: string): void {
		this.#heardAt.set(edgeId, this.#now());
	}

	/**
	 * Takes who is silent for too long as offline. The instant of its last status is forgotten: whatever it says next
	 * counts, also the same status again.
	 *
	 * @param at Unix ms
	 */
	sweep(at: number): readonly string[] {
		const deadline = this.#now() - this.#silentAfterMs;
		const online = this.#store.prepare<[], { id: string }>("SELECT id FROM edges WHERE state = 'online'").all();
		const silent = online.map(({ id }) => id).filter((id) => (this.#heardAt.get(id) ?? this.#startedAt) < deadline);
		if (silent.length === 0) return silent;
		this.#store.transaction(() => {
			for (const id of silent) {
				this.#store
					.prepare("UPDATE edges SET state = 'offline', state_since = ?, state_at = NULL WHERE id = ?")
					.run(at, id);
				this.#feed.append("edge", id, at);
			}
		})();
		return silent;
	}

	/** Whether it was found silent and has said nothing since: then "online" out of the broker's memory proves nothing. */
	isSilent(edgeId: string): boolean {
		return (
			this.#store.prepare("SELECT 1 FROM edges WHERE id = ? AND state = 'offline' AND state_at IS NULL").get(edgeId) !==
			undefined
		);
	}
}
