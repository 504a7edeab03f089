import type { Box } from "../geometry/shapes.ts";
import type { ReadCharacter } from "./decode-line.ts";
import type { PlateClass, PlateColour } from "./grammar.ts";

/** One plate as it was read in one picture: a proposal until a person confirms it. */
export interface PlateRead {
	/** Characters that could not be read are `-`. */
	readonly text: string;
	/** Of the text, in order, with what was the likeliest for those that could not be read. */
	readonly characters: readonly ReadCharacter[];
	readonly plateClass: PlateClass;
	readonly colour: PlateColour;
	/** How sure the whole text is, 0..1. */
	readonly confidence: number;
	/** See `plateSharpness`, 0..1. */
	readonly sharpness: number;
	/** In pixels of the camera's own picture. */
	readonly widthPx: number;
	readonly rows: 1 | 2;
	/** Normalised to the picture that was looked at. */
	readonly box: Box;
}
