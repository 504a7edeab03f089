/** Text, a number, or nothing. */
export type TableCell = string | number | null;

/**
 * RFC 4180, UTF-8 with the mark that Excel wants. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front: names of lanes are typed by people.
 */
export function writeCsv(rows: readonly (readonly TableCell[])[]): string {
	return `\u{feff}${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}

function cellText(cell: TableCell): string {
	if (cell === null) return "";
	if (typeof cell === "number") return String(cell);
	const text = asPlainText(cell);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As OWASP lists them: = + - @, tab and carriage return, also in full width. */
export const asPlainText = (text: string): string => (/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
