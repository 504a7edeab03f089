import { noPlate, unread } from "./characters.ts";
import type { ReadCharacter } from "./decode-line.ts";
import type { PlateClass, PlateColour } from "./grammar.ts";
import { plateClassOf } from "./plate-text.ts";
import type { PlateRead } from "./plate-read.ts";

/** What all reads of one vehicle over its stay come to: a proposal until a person confirms it. */
export interface PlateVote {
	/** Characters that could not be told are `-`; `无车牌` where no plate was seen at all. */
	readonly text: string;
	readonly characters: readonly ReadCharacter[];
	readonly plateClass: PlateClass | null;
	readonly colour: PlateColour;
	/** That of the least sure character, 0..1. */
	readonly confidence: number;
	/** Read often and alike enough to be shown without a question mark; it still waits for a person. */
	readonly isSure: boolean;
	readonly reads: number;
}

/** A character that less than this speaks for is not told. */
const readableFrom = 0.5;
const sureFrom = 0.9;
/** One picture may deceive in the same way to its last pixel. */
const sureReads = 2;
/** Pixels: a wider plate is not read better. */
const enoughWidthPx = 140;

export type VotingRead = Pick<PlateRead, "characters" | "colour" | "confidence" | "sharpness" | "widthPx">;

/** Weighs by character: a sharp, large, sure read counts more than many poor ones. The order of reads does not matter. */
export function vote(reads: readonly VotingRead[]): PlateVote {
	const weighed = reads
		.filter(({ characters }) => characters.length > 0)
		.map((read) => ({ ...read, weight: weightOf(read) }));
	const length = heaviest(weighed.map(({ characters, weight }) => [characters.length, weight]));
	if (length === null) return nothing;
	const voters = weighed.filter(({ characters }) => characters.length === length);
	// Those of another length speak against every character of this one.
	const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
	const characters = Array.from({ length }, (_, place) => characterAt(place, voters, whole));
	const text = characters.map(({ char, confidence }) => (confidence < readableFrom ? unread : char)).join("");
	const colour = heaviest(voters.map((read) => [read.colour, read.weight])) ?? "unknown";
	const confidence = Math.min(...characters.map((each) => each.confidence));
	const isSure = confidence >= sureFrom && voters.length >= sureReads;
	return { text, characters, plateClass: plateClassOf(text, colour), colour, confidence, isSure, reads: reads.length };
}

const nothing: PlateVote = {
	text: noPlate,
	characters: [],
	plateClass: null,
	colour: "unknown",
	confidence: 0,
	isSure: false,
	reads: 0,
};

/** How much a read counts. Never nothing: a poor read is better than none where there is no other. */
export function weightOf({ sharpness, widthPx, confidence }: VotingRead): number {
	const size = Math.min(1, widthPx / enoughWidthPx);
	return (0.05 + size ** 2) * (0.1 + sharpness) * (0.05 + confidence);
}

function characterAt(
	place: number,
	voters: readonly (VotingRead & { readonly weight: number })[],
	whole: number,
): ReadCharacter {
	const said = voters.flatMap(({ characters, weight }) => {
		const character = characters[place];
		return character ? [[character.char, weight * character.confidence] as const] : [];
	});
	const char = heaviest(said) ?? unread;
	const support = said.filter(([each]) => each === char).reduce((sum, [, weight]) => sum + weight, 0);
	return { char, confidence: Math.min(1, support / whole) };
}

/** The value with the greatest sum of weights; where two weigh the same, that which sorts first. */
function heaviest<Value extends string | number>(weighed: readonly (readonly [Value, number])[]): Value | null {
	const sums = new Map<Value, number>();
	for (const [value, weight] of weighed) sums.set(value, (sums.get(value) ?? 0) + weight);
	const [first] = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return first?.[0] ?? null;
}
