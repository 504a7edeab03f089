import { useTranslation } from "react-i18next";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { exemptionAt } from "#core/policy/rules-at.ts";
import { defaultPolicy } from "#core/scene.ts";
import { currentLanguage } from "../i18n/i18n.ts";
import { useTicking } from "../time/clock.ts";
import { formatShort, siteTimeZone } from "../time/format-time.ts";
import { Icon } from "./icon.tsx";

/** Says that vehicles in this lane raise nothing for now, and why: a lane that is clear for that reason may be full. */
export function ExemptTag({ lane }: { readonly lane: LaneAnswer }) {
	const { t } = useTranslation();
	const { armed = null, permits = [] } = lane;
	const words = useTicking((now) => {
		const times = { timeZone: siteTimeZone, hours: [], armed, permits };
		const exempt = exemptionAt({ policy: defaultPolicy, times }, now, "vehicle");
		if (exempt === null) return "";
		if (exempt.reason === "disarmed") return t("permit.disarmed");
		return t("permit.holdsUntil", { time: formatShort(exempt.until, currentLanguage(), now) });
	});
	if (words === "") return null;
	return (
		<span className="tag" data-testid="exempt">
			<Icon name="clock" size={14} />
			{words}
		</span>
	);
}
