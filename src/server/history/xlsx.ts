import writeExcelFile, { type SheetData } from "write-excel-file/node";
import type { TableCell } from "#platform/csv.ts";

/** What a column holds, which decides how its numbers are shown. */
export type ColumnKind = "text" | "count" | "minutes" | "share" | "time";

const formats = { count: "0", minutes: "0.0", share: "0.0%" } as const;

/** One sheet; the head stays when one scrolls. Times are numbers of Unix ms, shown by the clock of the site. */
export async function writeXlsx(
	name: string,
	kinds: readonly ColumnKind[],
	[head = [], ...rows]: readonly (readonly TableCell[])[],
	wallOffsetMs: (at: number) => number,
): Promise<Buffer> {
	const data: SheetData = [
		head.map((cell) => ({ value: String(cell ?? ""), type: String, fontWeight: "bold" as const })),
		...rows.map((row) => row.map((cell, column) => typed(cell, kinds[column] ?? "text", wallOffsetMs))),
	];
	return writeExcelFile(data, {
		sheet: name,
		stickyRowsCount: 1,
		columns: kinds.map((kind) => ({ width: kind === "text" || kind === "time" ? 20 : 12 })),
	}).toBuffer();
}

function typed(cell: TableCell, kind: ColumnKind, wallOffsetMs: (at: number) => number): SheetData[number][number] {
	if (cell === null) return null;
	if (typeof cell === "string") return { value: cell, type: String };
	if (kind === "time") {
		return { value: new Date(cell + wallOffsetMs(cell)), type: Date, format: "yyyy-mm-dd hh:mm:ss" };
	}
	return { value: cell, type: Number, format: kind === "text" ? "0" : formats[kind] };
}
