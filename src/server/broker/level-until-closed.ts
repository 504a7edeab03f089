import type { Level } from "level";

type Operation =
	| { readonly type: "put"; readonly key: string; readonly value: Uint8Array }
	| { readonly type: "del"; readonly key: string };
type Chain = { put(key: string, value: Uint8Array): Chain; del(key: string): Chain; write(): Promise<void> };
type Encoding = Parameters<Level<string, Uint8Array>["put"]>[2];
type Range = Parameters<Level<string, Uint8Array>["values"]>[0];

/**
 * What aedes uses of its database, with an end that it can live with: what was begun is awaited, and what connections in
 * their last moments still ask for is nothing. Otherwise each such question would be a rejection that aedes does not hear,
 * and the end of the process.
 */
export class LevelUntilClosed {
	readonly #level: Level<string, Uint8Array>;
	readonly #begun = new Set<Promise<unknown>>();
	#ended = false;

	constructor(level: Level<string, Uint8Array>) {
		this.#level = level;
	}

	async get(key: string, encoding?: Encoding): Promise<Uint8Array | undefined> {
		return this.#unlessEnded(() => this.#level.get(key, encoding ?? {}) as Promise<Uint8Array | undefined>);
	}

	async put(key: string, value: Uint8Array, encoding?: Encoding): Promise<void> {
		return this.#unlessEnded(() => this.#level.put(key, value, encoding ?? {}));
	}

	async del(key: string): Promise<void> {
		return this.#unlessEnded(() => this.#level.del(key));
	}

	async clear(range: Parameters<Level<string, Uint8Array>["clear"]>[0]): Promise<void> {
		return this.#unlessEnded(() => this.#level.clear(range ?? {}));
	}

	batch(): Chain;
	batch(operations: Operation[], encoding?: Encoding): Promise<void>;
	batch(operations?: Operation[], encoding?: Encoding): Chain | Promise<void> {
		if (operations) return this.#writeAll(operations, encoding);
		const all: Operation[] = [];
		const chain: Chain = {
			put: (key, value) => (all.push({ type: "put", key, value }), chain),
			del: (key) => (all.push({ type: "del", key }), chain),
			write: () => this.#writeAll(all, { valueEncoding: "view" as const }),
		};
		return chain;
	}

	async *values(range: Range): AsyncGenerator<Uint8Array> {
		if (this.#ended) return;
		const values = this.#level.values(range ?? {});
		try {
			for (;;) {
				const value = (await this.#unlessEnded(() => values.next())) as Uint8Array | undefined;
				if (value === undefined) return;
				yield value;
			}
		} finally {
			await values.close();
		}
	}

	async close(): Promise<void> {
		this.#ended = true;
		while (this.#begun.size > 0) await Promise.allSettled(this.#begun);
		await this.#level.close();
	}

	async #writeAll(operations: Operation[], encoding?: Encoding): Promise<void> {
		return this.#unlessEnded(() => this.#level.batch(operations, encoding ?? {}));
	}

	async #unlessEnded<T>(begin: () => Promise<T>): Promise<T | undefined> {
		if (this.#ended) return undefined;
		const work = begin();
		this.#begun.add(work);
		try {
			return await work;
		} finally {
			this.#begun.delete(work);
		}
	}
}
