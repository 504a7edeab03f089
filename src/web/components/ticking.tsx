import { currentLanguage } from "../i18n/i18n.ts";
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
