import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { Icon } from "../../components/icon.tsx";
import type { FilterWords } from "../../filter/use-filter-address.ts";
import { live } from "../../live/live-store.ts";
import { attentionOrder, needsAction } from "../../live/wall-picture.ts";
import { useObservable } from "../../observable.ts";

interface FilteredAlertsProps {
	readonly isAsked: (alert: AlertAnswer) => boolean;
	readonly byLane: (lane: LaneAnswer) => boolean;
	readonly filtered: boolean;
	/** Puts these words of the filter in the place of all others. */
	readonly onOnly: (words: FilterWords) => void;
}

/** That not all is shown, and how many alerts that need somebody the filter leaves out. */
export function FilteredAlerts({ isAsked, byLane, filtered, onOnly }: FilteredAlertsProps) {
	const { t } = useTranslation();
	const picture = useObservable(live, (state) => state.picture);
	const elsewhere = useMemo(
		() =>
			attentionOrder(picture?.openAlerts.values() ?? []).filter((alert) => needsAction(alert) && !isAsked(alert))
				.length,
		[picture, isAsked],
	);
	const lanes = useMemo(() => [...(picture?.lanes.values() ?? [])], [picture]);
	const shown = useMemo(() => lanes.filter(byLane).length, [lanes, byLane]);
	if (!filtered) return null;
	return (
		<div className="filtered-line">
			<span className="soft digits" role="status" data-testid="lanes-shown">
				{shown < lanes.length ? t("laneFilter.alertsOf", { shown, total: lanes.length }) : t("laneFilter.alertsSome")}
			</span>
			<button type="button" className="button small" data-testid="show-all" onClick={() => onOnly({})}>
				{t("laneFilter.showAll")}
			</button>
			{elsewhere > 0 && (
				<button
					type="button"
					className="button small"
					data-testid="attention-elsewhere"
					onClick={() => onOnly({ state: "open" })}
				>
					<Icon name="bell" />
					{t("laneFilter.elsewhere", { count: elsewhere })}
				</button>
			)}
		</div>
	);
}
