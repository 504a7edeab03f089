import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTicking } from "../../time/clock.ts";
import { formatClock } from "../../time/format-time.ts";
import type { LiveView } from "./use-live-view.ts";

/** A second or two without a look is how cameras are; after this it is said. */
const lateAfterMs = 5_000;

interface LiveSwitchProps {
	readonly shown: boolean;
	readonly onShow: (shown: boolean) => void;
	readonly view: LiveView | null;
	readonly zones: readonly ZoneBody[];
}

/** Shows what the worker sees, or hides it; beside it in words what stands in the picture. */
export function LiveSwitch({ shown, onShow, view, zones }: LiveSwitchProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const overlay = view?.overlay ?? null;
	const age = useTicking((now) => {
		if (!view || !overlay) return t("seen.waiting");
		const lateMs = now - view.cameAt;
		if (lateMs > lateAfterMs) return t("seen.late", { seconds: Math.round(lateMs / 1000) });
		return t("seen.at", { clock: formatClock(overlay.at, language) });
	});
	const nameOf = (zoneId: string) => zones.find(({ id }) => id === zoneId)?.name ?? zoneId;
	return (
		<div className="live-switch">
			<label>
				<input
					type="checkbox"
					checked={shown}
					data-testid="live-show"
					onChange={({ target }) => onShow(target.checked)}
				/>
				{t("seen.show")}
			</label>
			{shown && view && (
				<p className="digits" data-testid="live-words">
					{age}
					{overlay && ` · ${t("seen.count", { count: overlay.detections.length })}`}
					{overlay?.zones.map(({ zoneId, state }) =>
						state === null ? null : (
							<span key={zoneId} className={`live-state live-state-${state}`}>
								{t("seen.lane", { zone: nameOf(zoneId), state: t(`state.${state}`) })}
							</span>
						),
					)}
				</p>
			)}
		</div>
	);
}
