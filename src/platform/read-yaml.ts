import { parseDocument, type YAMLParseError } from "yaml";

/**
 * YAML, or JSON (which is YAML), as a value. What the reader only warns of is refused too: an unknown tag, an anchor whose
 * name ends with a colon. Nobody means these; a password that begins with `*`, `&` or `!` and stands without quotes becomes one.
 * @throws Error in words with the place, never with what stands there: it may be that password. It has no cause for the same reason
 */
export function readYaml(text: string): unknown {
	const document = parseDocument(text, { logLevel: "error" });
	const [problem] = [...document.errors, ...document.warnings];
	if (problem) throw new Error(wordsOf(problem));
	try {
		return document.toJS();
	} catch (error) {
		throw new Error(wordsOf(error as Error));
	}
}

function wordsOf(error: Error): string {
	const place = "linePos" in error ? (error as YAMLParseError).linePos?.[0] : undefined;
	const words =
		ownWords
			.exec(error.message)?.[0]
			.trim()
			.replace(/ at line$/, "") ?? "";
	const where = place ? ` at line ${place.line}, column ${place.col}` : "";
	return `${words}${where}${isOfASign.test(words) ? ". A text that begins with such a sign stands in quotes" : ""}`;
}

/** What the library quotes comes after a colon, or has signs that its own sentences have not. */
const ownWords = /^(?:[A-Za-z ,()[\]{}'"/-]|(?<= ):)*/;
const isOfASign = /alias|anchor|tag|cannot start/i;
