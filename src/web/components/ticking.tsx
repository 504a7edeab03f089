import type { LaneAnswer } from "#contract/wall-api.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { blindTodayMs } from "../live/blind-today.ts";
import { useTicking } from "../time/clock.ts";
import { formatDwell, formatRoughly } from "../time/format-duration.ts";

/** How long since an instant, to the second. */
export function TickingDwell({ since }: { readonly since: number }) {
	const language = currentLanguage();
	return <span className="digits">{useTicking((now) => formatDwell(now - since, language))}</span>;
}

/** How long since an instant, for what need not be exact. */
export function TickingRoughly({ since }: { readonly since: number }) {
	const language = currentLanguage();
	return <span className="digits">{useTicking((now) => formatRoughly(now - since, language))}</span>;
}

/** For how long nobody could know of the lane today; empty where that is less than `fromMs`, or the edge does not count. */
export function useBlindToday(lane: LaneAnswer, fromMs = 1): string {
	const language = currentLanguage();
	return useTicking((now) => {
		const ms = blindTodayMs(lane, now);
		return ms === null || ms < fromMs ? "" : formatRoughly(ms, language);
	});
}
