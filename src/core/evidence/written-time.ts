import { offsetMs } from "../policy/local-time.ts";

/** How instants and durations are written on pictures and papers: one way, so that the two never differ. */

/** `2026-11-25 22:40:01.123`, by the clock on the wall of the site. */
export const wallTimeToMs = (timeZone: string, at: number): string =>
	new Date(at + offsetMs(timeZone, at)).toISOString().slice(0, -1).replace("T", " ");

/** `2026-11-25 22:40:01`. */
export const wallTime = (timeZone: string, at: number): string => wallTimeToMs(timeZone, at).slice(0, 19);

/** `UTC+08:00` */
export function zoneOffset(timeZone: string, at: number): string {
	const minutes = Math.round(offsetMs(timeZone, at) / 60_000);
	const two = (value: number) => String(value).padStart(2, "0");
	const ahead = Math.abs(minutes);
	return `UTC${minutes < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/** `1小时2分3秒`; whole seconds, never more than have passed. */
export function duration(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${hours > 0 ? `${hours}小时` : ""}${hours > 0 || minutes > 0 ? `${minutes}分` : ""}${seconds % 60}秒`;
}
