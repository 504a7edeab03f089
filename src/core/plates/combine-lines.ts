import { unread } from "./characters.ts";
import type { ReadCharacter } from "./decode-line.ts";
import type { PlateLine } from "./read-line.ts";

/** Several readings of one plate in one picture (its box a little larger, a little smaller), made one. */
export interface CombinedLine<Line extends PlateLine> {
	/** The reading that stands for all: the best of those with the text. */
	readonly line: Line;
	readonly text: string;
	readonly characters: readonly ReadCharacter[];
	readonly confidence: number;
}

/** More than this, in natural logarithm, and what stands there is no plate: shop signs and dates cost 10 and more. */
export const mostLoss = 5;
/** A character less sure than this is not told: above it, more are right than wrong. */
const readableFrom = 0.15;
/** Of seven or eight characters; a plate of which less can be read is nobody's. */
const mostUnread = 2;

/** Null where none of them reads like a plate. */
export function combineLines<Line extends PlateLine>(lines: readonly Line[]): CombinedLine<Line> | null {
	const plates = lines.filter(({ loss }) => loss <= mostLoss);
	const support = new Map<string, number>();
	for (const line of plates) support.set(textOf(line), (support.get(textOf(line)) ?? 0) + weightOf(line));
	const [best] = [...support].sort(([, a], [, b]) => b - a);
	if (!best) return null;
	const [chosen] = best;
	const [line] = plates.filter((each) => textOf(each) === chosen).sort((a, b) => weightOf(b) - weightOf(a));
	if (!line) return null;
	const whole = lines.reduce((sum, each) => sum + weightOf(each), 0);
	const characters = line.characters.map(({ char }, i) => {
		const agreeing = lines.filter(
			(each) => each.characters.length === line.characters.length && each.characters[i]?.char === char,
		);
		const sum = agreeing.reduce((total, each) => total + weightOf(each) * (each.characters[i]?.confidence ?? 0), 0);
		return { char, confidence: whole > 0 ? sum / whole : 0 };
	});
	const text = characters.map(({ char, confidence }) => (confidence < readableFrom ? unread : char)).join("");
	if ([...text].filter((char) => char === unread).length > mostUnread) return null;
	return {
		line,
		text,
		characters,
		confidence: Math.min(...characters.map(({ confidence }) => confidence)),
	};
}

/** A reading that the grammar had to bend, or that was unsure of itself, counts little beside one that was not. */
function weightOf({ loss, characters }: PlateLine): number {
	const logs = characters.reduce((sum, { confidence }) => sum + Math.log(Math.max(1e-6, confidence)), 0);
	return Math.exp(-loss / 2 + logs / 2);
}

const textOf = ({ characters }: PlateLine) => characters.map(({ char }) => char).join("");
