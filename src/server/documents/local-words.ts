import { offsetMs } from "#core/policy/local-time.ts";

/** `2026-11-25 22:40:01 UTC+08:00`, by the clock on the wall of the site. */
export const localTime = (timeZone: string, at: number): string =>
	`${wallTime(timeZone, at)} ${zoneOffset(timeZone, at)}`;

/** `2026-11-25 22:40:01`. */
export function wallTime(timeZone: string, at: number): string {
	return new Date(at + offsetMs(timeZone, at)).toISOString().slice(0, 19).replace("T", " ");
}

/** `20261125224001`, as GA/T 1400 writes instants. */
export const compactTime = (timeZone: string, at: number): string => wallTime(timeZone, at).replace(/\D/g, "");

function zoneOffset(timeZone: string, at: number): string {
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
