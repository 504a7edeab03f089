/**
 * A text in which every character can be seen: what the font lacks is told by its number, `〔U+0F56 U+0F7C〕`, instead of
 * being an empty box that could be anything. Line ends and control characters are blanks; what is invisible by its nature
 * (joiners, variation selectors, marks that turn the direction of writing) goes.
 */
export function printable(text: string, hasGlyph: (codePoint: number) => boolean): string {
	const plain = text
		.replace(/\p{Surrogate}/gu, "\uFFFD")
		.normalize("NFC")
		.replace(/[\p{Zl}\p{Zp}\p{Cc}]+/gu, " ")
		.replace(invisible, "");
	let shown = "";
	let unknown: string[] = [];
	const tellUnknown = () => {
		if (unknown.length > 0) shown += `〔${unknown.join(" ")}〕`;
		unknown = [];
	};
	for (const char of plain) {
		const codePoint = char.codePointAt(0) ?? 0;
		if (hasGlyph(codePoint)) {
			tellUnknown();
			shown += char;
		} else unknown.push(`U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`);
	}
	tellUnknown();
	return shown.trim();
}

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
