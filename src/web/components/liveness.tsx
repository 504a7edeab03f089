import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n/i18n.ts";
import { reconnectNow } from "../live/live-connection.ts";
import { live } from "../live/live-store.ts";
import { useObservable } from "../observable.ts";
import { formatClock } from "../time/format-time.ts";
import { Icon } from "./icon.tsx";

export function LiveSign() {
	const { t } = useTranslation();
	const { state } = useObservable(live, ({ liveness }) => liveness);
	const words = state === "live" ? t("live.on") : state === "connecting" ? t("live.connecting") : t("live.off");
	return (
		<span className={`live-sign live-${state}`} data-testid="live" data-state={state}>
			<span className="live-dot" aria-hidden="true" />
			{words}
		</span>
	);
}

/** Nobody may take a page that stands still for a quiet lane. */
export function LostBanner() {
	const { t } = useTranslation();
	const liveness = useObservable(live, (state) => state.liveness);
	const loaded = useObservable(live, ({ picture }) => picture !== null);
	const offset = useObservable(live, ({ clockOffsetMs }) => clockOffsetMs);
	const lost = liveness.state === "lost" && loaded;
	return (
		<div role="alert" className="lost-region">
			{lost && (
				<div className="lost-banner" data-testid="lost">
					<Icon name="warning" size={22} />
					<p>
						<strong>{t("live.lost", { time: formatClock(liveness.stoodStillAt + offset, currentLanguage()) })}</strong>
						<span>{t("live.lostHint")}</span>
					</p>
					<button type="button" className="button" onClick={reconnectNow}>
						{t("live.retryNow")}
					</button>
				</div>
			)}
		</div>
	);
}
