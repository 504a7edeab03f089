/** Whether each word that somebody typed stands in one of the texts, in whatever width and case it is written. */
export function isFound(typed: string, texts: readonly string[]): boolean {
	const all = texts.map(plain).join("\n");
	return plainWords(typed).every((word) => all.includes(word));
}

const plainWords = (typed: string) =>
	typed
		.split(/[\s,，、;；]+/u)
		.map(plain)
		.filter((word) => word !== "");
/** Blanks within a name or an address are nobody's business: `18 号` is `18号`. */
const plain = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, "");
