import { createRequire } from "node:module";
import { type Font, openSync } from "fontkit";
import { printable } from "./printable-text.ts";

/** The one font of all papers, embedded as far as it is used: never one that the reader's machine happens to have, or lacks. */
const file = createRequire(import.meta.url).resolve(
	"@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
);

let font: Font | null = null;

/** Read at the first paper: half a second and 10 MB that a server without papers does not need. */
export function paperFont(): Font {
	font ??= openSync(file);
	return font;
}

/** As the paper's font can show it, on one line. */
export const onPaper = (text: string): string =>
	printable(text, (codePoint) => paperFont().hasGlyphForCodePoint(codePoint));
