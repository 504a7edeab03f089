/** Days as they are counted at the site. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-25` */
export function localDay(at: number, timeZone: string): string {
	const format =
		formats.get(timeZone) ??
		new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
	formats.set(timeZone, format);
	return format.format(at);
}
