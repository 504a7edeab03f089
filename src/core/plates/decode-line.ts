import { officeLetters, plateCharacters } from "./characters.ts";
import type { PlateTemplate } from "./grammar.ts";

/**
 * What a line reader (CTC) says of each step along a line. `logProbs`: steps x (1 + plateCharacters), natural logarithms,
 * the blank first; `best`: at each step that of the likeliest of all its classes, those of no plate too.
 */
export interface LineSteps {
	readonly steps: number;
	readonly logProbs: Float32Array;
	readonly best: Float32Array;
}

export interface ReadCharacter {
	readonly char: string;
	/** How sure the reader is of it, 0..1. */
	readonly confidence: number;
}

export interface DecodedLine {
	readonly template: PlateTemplate;
	readonly characters: readonly ReadCharacter[];
	/** How much less likely this is than what would be read without a grammar; 0 is best, natural logarithm. */
	readonly loss: number;
}

/** Hardly any office has the letter O; blurred, Q and D look like it. */
const rareOffice = 2.5;

/** Natural logarithm: one in three thousand. */
const leastSeen = -8;

const width = 1 + plateCharacters.length;
const columnOf = new Map(plateCharacters.map((char, i) => [char, i + 1]));

/** The likeliest text that fits the template (CTC's best path through it); null where the line is too short for it. */
export function decodeLine(line: LineSteps, template: PlateTemplate): DecodedLine | null {
	const lattice = latticeOf(template);
	if (line.steps < template.places.length || !mayBe(line, lattice)) return null;
	const { path, score } = bestPath(line, lattice);
	if (!Number.isFinite(score)) return null;
	const sure = new Float64Array(template.places.length).fill(-Infinity);
	const columns = new Int32Array(template.places.length);
	path.forEach((state, step) => {
		const place = lattice.placeOf[state] ?? -1;
		if (place < 0) return;
		const column = lattice.columnOf[state] as number;
		columns[place] = column;
		sure[place] = Math.max(sure[place] as number, line.logProbs[step * width + column] as number);
	});
	const characters = template.places.map((_, place) => ({
		char: plateCharacters[(columns[place] as number) - 1] ?? "",
		confidence: Math.min(1, Math.exp(sure[place] as number)),
	}));
	const free = line.best.subarray(0, line.steps).reduce((sum, each) => sum + each, 0);
	return { template, characters, loss: Math.max(0, free - score) };
}

/** One after the other, as the rows of a plate are read. */
export function joinLines(lines: readonly LineSteps[]): LineSteps {
	const steps = lines.reduce((sum, line) => sum + line.steps, 0);
	const logProbs = new Float32Array(steps * width);
	const best = new Float32Array(steps);
	let at = 0;
	for (const line of lines) {
		logProbs.set(line.logProbs.subarray(0, line.steps * width), at * width);
		best.set(line.best.subarray(0, line.steps), at);
		at += line.steps;
	}
	return { steps, logProbs, best };
}

/** A sign that one place asks for must be seen somewhere in the line: most templates are done with at this. */
function mayBe({ steps, logProbs }: LineSteps, { asked }: Lattice): boolean {
	return asked.every((columns) => {
		for (let step = 0; step < steps; step++)
			if (columns.some((column) => (logProbs[step * width + column] as number) > leastSeen)) return true;
		return false;
	});
}

/** States: for each place a blank before it, then its characters; at the end one more blank. */
interface Lattice {
	readonly columnOf: Int32Array;
	/** -1 for a blank. */
	readonly placeOf: Int32Array;
	/** What a character costs because it is rare at its place; natural logarithm. */
	readonly rarity: Float64Array;
	/** Of the places where hardly any character may stand: the columns of these. */
	readonly asked: readonly (readonly number[])[];
	/** First state of each place: its blank; and of the last blank. */
	readonly starts: readonly number[];
}

const lattices = new WeakMap<PlateTemplate, Lattice>();

function latticeOf(template: PlateTemplate): Lattice {
	const known = lattices.get(template);
	if (known) return known;
	const columns: number[] = [];
	const places: number[] = [];
	const starts: number[] = [];
	template.places.forEach((place, i) => {
		starts.push(columns.length);
		columns.push(0, ...[...place].map((char) => columnOf.get(char) ?? 0));
		places.push(-1, ...Array<number>([...place].length).fill(i));
	});
	starts.push(columns.length);
	const rarity = Float64Array.from([...columns, 0], (column, i) =>
		template.places[places[i] as number] === officeLetters && plateCharacters[column - 1] === "O" ? rareOffice : 0,
	);
	const asked = template.places.filter((place) => [...place].length <= 3);
	const lattice = {
		asked: asked.map((place) => [...place].map((char) => columnOf.get(char) ?? 0)),
		rarity,
		columnOf: Int32Array.from([...columns, 0]),
		placeOf: Int32Array.from([...places, -1]),
		starts,
	};
	lattices.set(template, lattice);
	return lattice;
}

/** Viterbi. A character may follow another one at once, but the same one only after a blank. */
function bestPath(line: LineSteps, { columnOf, starts, rarity }: Lattice): { path: number[]; score: number } {
	const states = columnOf.length;
	const last = starts.length - 1;
	let scores = new Float64Array(states).fill(-Infinity);
	let next = new Float64Array(states);
	const from = new Int16Array(line.steps * states).fill(-1);
	scores[0] = 0;
	for (let step = 0; step < line.steps; step++) {
		let best = -1;
		let second = -1;
		for (let place = 0; place <= last; place++) {
			const blank = starts[place] as number;
			const end = place < last ? (starts[place + 1] as number) : states;
			for (let state = blank; state < end; state++) {
				const column = columnOf[state] as number;
				const before = best >= 0 && state !== blank && columnOf[best] === column ? second : best;
				let source = state;
				let score = scores[state] as number;
				let entered = 0;
				if (state !== blank && (scores[blank] as number) > score) {
					[source, score, entered] = [blank, scores[blank] as number, rarity[state] as number];
				}
				if (before >= 0 && (scores[before] as number) > score) {
					[source, score, entered] = [before, scores[before] as number, rarity[state] as number];
				}
				from[step * states + state] = source;
				next[state] = score + (line.logProbs[step * width + column] as number) - entered;
			}
			[best, second] = twoBest(scores, blank + 1, end);
		}
		[scores, next] = [next, scores];
	}
	const [final] = twoBest(scores, (starts[last - 1] as number) + 1, states);
	const path = new Array<number>(line.steps);
	for (let step = line.steps - 1, state = final; step >= 0 && state >= 0; step--) {
		path[step] = state;
		state = from[step * states + state] as number;
	}
	return { path, score: final < 0 ? -Infinity : (scores[final] as number) };
}

function twoBest(scores: Float64Array, start: number, end: number): [best: number, second: number] {
	let best = -1;
	let second = -1;
	for (let state = start; state < end; state++) {
		const score = scores[state] as number;
		if (best < 0 || score > (scores[best] as number)) {
			second = best;
			best = state;
		} else if (second < 0 || score > (scores[second] as number)) second = state;
	}
	return [best, second];
}
