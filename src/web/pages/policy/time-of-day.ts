/** `7:30`, `07：30`, `730` and `0730` are half past seven; null for what is no time of day. */
export function timeOfDayOf(text: string): string | null {
	const found = /^(\d{1,2}):?(\d{2})$/.exec(text.normalize("NFKC").trim());
	const [, hour = "", minute = ""] = found ?? [];
	return found && Number(hour) <= 23 && Number(minute) <= 59 ? `${hour.padStart(2, "0")}:${minute}` : null;
}
