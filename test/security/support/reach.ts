import { type Profiler, Session } from "node:inspector";

/**
 * Which ways calls take through the functions of the code under attack, by V8's precise coverage. A way is what of a
 * function was run and what was not; how often does not count.
 */
export class Reach {
	readonly #session = new Session();
	readonly #isUnderAttack: (url: string) => boolean;
	readonly #known = new Set<string>();

	constructor(isUnderAttack: (url: string) => boolean) {
		this.#isUnderAttack = isUnderAttack;
		this.#session.connect();
		this.#ask("Profiler.enable");
		this.#ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
	}

	/** Whether some function was run in a way that no call before took. */
	async isNew(call: () => unknown): Promise<boolean> {
		this.#taken();
		await call();
		const before = this.#known.size;
		for (const way of this.#taken()) this.#known.add(way);
		return this.#known.size > before;
	}

	close(): void {
		this.#session.disconnect();
	}

	/** Since it was last asked. */
	#taken(): string[] {
		const { result } = this.#ask("Profiler.takePreciseCoverage") as Profiler.TakePreciseCoverageReturnType;
		return result
			.filter(({ url }) => this.#isUnderAttack(url))
			.flatMap(({ scriptId, functions }) =>
				functions
					.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
					.map(({ ranges }) => {
						const words = ranges.map(
							({ startOffset, endOffset, count }) => `${startOffset}-${endOffset}${count > 0 ? "+" : ""}`,
						);
						return `${scriptId}:${words.join()}`;
					}),
			);
	}

	/** The profiler answers at once. */
	#ask(method: string, params: object = {}): unknown {
		let answer: unknown;
		this.#session.post(method, params, (error, given) => {
			if (error) throw error;
			answer = given;
		});
		return answer;
	}
}
