/**
 * What waits for a worker, by camera: each camera in its turn, so that one with much to look at does not starve the
 * others, and each with a bound, so that nobody looks at old pictures.
 */
export class LookQueue<Item> {
	/** Insertion order is the order of turns. */
	readonly #waiting = new Map<string, Item[]>();
	readonly #mostPerCamera: number;

	constructor(mostPerCamera: number) {
		this.#mostPerCamera = mostPerCamera;
	}

	/** False when the camera has as many waiting as it may. */
	offer(cameraId: string, items: readonly Item[]): boolean {
		const own = this.#waiting.get(cameraId) ?? [];
		if (own.length + items.length > this.#mostPerCamera) return false;
		this.#waiting.set(cameraId, [...own, ...items]);
		return true;
	}

	/** The next item; its camera then waits until every other one had its turn. */
	take(): Item | undefined {
		for (const [cameraId, [item, ...others]] of this.#waiting) {
			this.#waiting.delete(cameraId);
			if (others.length > 0) this.#waiting.set(cameraId, others);
			if (item !== undefined) return item;
		}
		return undefined;
	}

	/** Takes out what nobody waits for any more. */
	drop(unwanted: (item: Item) => boolean): void {
		for (const [cameraId, items] of [...this.#waiting]) {
			const kept = items.filter((item) => !unwanted(item));
			if (kept.length > 0) this.#waiting.set(cameraId, kept);
			else this.#waiting.delete(cameraId);
		}
	}

	get size(): number {
		return [...this.#waiting.values()].reduce((sum, items) => sum + items.length, 0);
	}
}
