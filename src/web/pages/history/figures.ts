import type { Language } from "#contract/language.ts";
import { formatDuration } from "../../time/format-duration.ts";

/** `99.3 %`; of very little `0.04 %`. */
export function percent(share: number | null): string {
	if (share === null) return "—";
	const value = share * 100;
	return `${value > 0 && value < 1 ? value.toFixed(2) : value.toFixed(1)} %`;
}

export const durationOr = (ms: number | null, language: Language): string =>
	ms === null ? "—" : formatDuration(ms, language);

/** Hours with one digit where minutes no longer matter: `12.4 h`. */
export function longTime(ms: number, language: Language): string {
	if (ms < 3_600_000) return formatDuration(ms, language);
	const hours = ms / 3_600_000;
	return `${hours >= 100 ? Math.round(hours).toLocaleString(language) : hours.toFixed(1)} ${language === "en" ? "h" : "小时"}`;
}
