/** Lets one thing be done at a time, in the order in which it was asked for. A failure of one is its asker's alone. */
export class InOrder {
	#last: Promise<unknown> = Promise.resolve();
	#waiting = 0;

	/** Nothing is being done and nothing waits. */
	get idle(): boolean {
		return this.#waiting === 0;
	}

	do<T>(act: () => T | Promise<T>): Promise<T> {
		this.#waiting += 1;
		const done = this.#last.then(act).finally(() => {
			this.#waiting -= 1;
		});
		this.#last = done.catch(() => undefined);
		return done;
	}
}
