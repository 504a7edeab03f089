import fc from "fast-check";
import type { Reach } from "./reach.ts";

interface Hunt<Input, Change> {
	/** Valid ones. */
	readonly seeds: readonly Input[];
	readonly changes: fc.Arbitrary<Change>;
	readonly change: (input: Input, change: Change) => Input;
	/** Whether it was survived. */
	readonly read: (input: Input) => boolean | Promise<boolean>;
	readonly runs: number;
}

export interface Found<Input> {
	/** What the code under attack did not survive. */
	readonly broken: readonly Input[];
	readonly tried: number;
	/** How many took the code a new way. */
	readonly kept: number;
}

/** Inputs that take the code a new way are kept, and changed further: so what lies behind several conditions is reached too. */
export async function hunt<Input, Change>(
	reach: Reach,
	{ seeds, changes, change, read, runs }: Hunt<Input, Change>,
): Promise<Found<Input>> {
	const broken: Input[] = [];
	const kept = [...seeds];
	const tryOne = (input: Input) =>
		reach.isNew(async () => {
			const isSurvived = await Promise.resolve(input)
				.then(read)
				.catch(() => false);
			if (!isSurvived) broken.push(input);
		});
	for (const seed of seeds) await tryOne(seed);
	for (const [run, each] of fc.sample(changes, { numRuns: runs, seed: runs }).entries()) {
		const input = change(kept[run % kept.length] as Input, each);
		if (await tryOne(input)) kept.push(input);
	}
	return { broken, tried: seeds.length + runs, kept: kept.length - seeds.length };
}
