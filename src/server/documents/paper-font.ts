import { type Font, openSync } from "fontkit";
import { fontFileOf } from "#platform/own-font.ts";
import { printable } from "./printable-text.ts";

let font: Font | null = null;

/**
 * The one font of all papers, embedded as far as it is used. Read at the first paper: half a second and 10 MB that a server
 * without papers does not need.
 */
export function paperFont(): Font {
	font ??= openSync(fontFileOf("400Regular"));
	return font;
}

/** As the paper's font can show it, on one line. */
export const onPaper = (text: string): string =>
	printable(text, (codePoint) => paperFont().hasGlyphForCodePoint(codePoint));
