import { useTranslation } from "react-i18next";
import type { CallAnswer } from "#contract/drill-packs-api.ts";
import { CallSign } from "./call-sign.tsx";
import { wayToTake } from "./call-words.ts";

/** Which way in to take, largest; then each way with its lanes. */
export function CallWays({ answer }: { readonly answer: CallAnswer }) {
	const { t } = useTranslation();
	const { ways, lanes, card } = answer;
	const take = wayToTake(ways);
	const nameOf = (laneId: string) => lanes.find((lane) => lane.laneId === laneId)?.name ?? laneId;
	const saysWays = card.card.lanes.some(({ entry }) => entry !== "none");
	return (
		<section className="call-ways">
			<div
				className={`call-verdict call-verdict-${take === null ? "none" : "free"}`}
				role="status"
				data-testid="call-verdict"
			>
				<strong>{t(`call.use_${take ?? "none"}`)}</strong>
				{take === null && <span>{t("call.useNoneHint")}</span>}
			</div>
			{ways.map(({ way, state, laneIds }) => {
				const said = way === "best" ? card.card.bestEntry : card.card.otherEntry;
				return (
					<div key={way} className={`card call-way call-way-${state}`} data-testid="call-way" data-way={way}>
						<div className="call-way-head">
							<h2>{t(`call.way_${way}`)}</h2>
							<CallSign state={state} size={22} />
						</div>
						{said !== "" && <p>{said}</p>}
						<p className="soft">
							{laneIds.length === 0
								? t("call.noLanes")
								: t("call.lanesOnWay", { lanes: laneIds.map(nameOf).join(" · ") })}
						</p>
						{way === "best" && !saysWays && laneIds.length > 0 && <p className="soft">{t("call.waysByDefault")}</p>}
					</div>
				);
			})}
		</section>
	);
}
