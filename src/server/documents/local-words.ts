import { wallTime, zoneOffset } from "#core/evidence/written-time.ts";

/** `2026-11-25 22:40:01 UTC+08:00`, by the clock on the wall of the site. */
export const localTime = (timeZone: string, at: number): string =>
	`${wallTime(timeZone, at)} ${zoneOffset(timeZone, at)}`;

/** `20261125224001`, as GA/T 1400 writes instants. */
export const compactTime = (timeZone: string, at: number): string => wallTime(timeZone, at).replace(/\D/g, "");
