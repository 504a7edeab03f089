import { plateCharacters } from "#core/plates/characters.ts";
import type { LineSteps } from "#core/plates/decode-line.ts";

const columns = 1 + plateCharacters.length;

/**
 * What a reader would say of a text: each character for `stepsEach` steps, a blank after it. `sure`: probability of the
 * character that stands there; the rest goes to the blank, or to what `doubts` says of a place.
 */
export function stepsOf(
	text: string,
	{
		sure = 0.99,
		stepsEach = 2,
		doubts = {},
	}: { sure?: number; stepsEach?: number; doubts?: Readonly<Record<number, Readonly<Record<string, number>>>> } = {},
): LineSteps {
	const rows = [...text].flatMap((char, place) => [
		...Array.from({ length: stepsEach }, () => rowOf(doubts[place] ?? { [char]: sure })),
		rowOf({}),
	]);
	return {
		steps: rows.length,
		logProbs: Float32Array.from(rows.flat()),
		best: Float32Array.from(rows, (row) => Math.max(...row)),
	};
}

/** Steps in which something stands that no plate has: the reader is sure of it. */
export function foreignSteps(steps: number): LineSteps {
	const rows = Array.from({ length: steps }, () => Array<number>(columns).fill(Math.log(1e-5)));
	return { steps, logProbs: Float32Array.from(rows.flat()), best: new Float32Array(steps) };
}

function rowOf(probabilities: Readonly<Record<string, number>>): number[] {
	const said = Object.values(probabilities).reduce((sum, each) => sum + each, 0);
	const row = Array<number>(columns).fill(1e-7);
	row[0] = Math.max(1e-7, 1 - said);
	for (const [char, probability] of Object.entries(probabilities)) row[plateCharacters.indexOf(char) + 1] = probability;
	return row.map(Math.log);
}
