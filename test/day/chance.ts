/** Chance that can be repeated: every number follows from the seed and from what it is for. */

/** 0..1 (1 excluded), the same for the same numbers. */
export function chance(...of: readonly number[]): number {
	let hash = 0x9e3779b9;
	for (const value of of) {
		hash = Math.imul(hash ^ (value | 0), 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
		hash ^= hash >>> 16;
	}
	return (hash >>> 0) / 2 ** 32;
}

/** About normal, mean 0, deviation 1, never beyond 3. */
export function bell(...of: readonly number[]): number {
	return 2 * (chance(...of, 1) + chance(...of, 2) + chance(...of, 3) - 1.5);
}

/** A row of chances, each drawn once. */
export class Dice {
	readonly #seed: number;
	#drawn = 0;

	constructor(seed: number) {
		this.#seed = seed;
	}

	next(): number {
		return chance(this.#seed, this.#drawn++);
	}

	between(least: number, most: number): number {
		return least + (most - least) * this.next();
	}

	/** As many short ones as long ones: between 3 and 90, half are below 16. */
	skewed(least: number, most: number): number {
		return least * (most / least) ** this.next();
	}

	id(): number {
		return Math.floor(this.next() * 2 ** 31);
	}

	oneOf<T>(things: readonly [T, ...T[]]): T {
		return things[Math.floor(this.next() * things.length)] ?? things[0];
	}
}
