import { useTranslation } from "react-i18next";
import type { CallAnswer, CallLane } from "#contract/drill-packs-api.ts";
import { LastDrill } from "../site-card/last-drill.tsx";

/** What is known of each lane: as built, as measured now where it is calibrated, and what the last drill found. */
export function PackLanes({ call }: { readonly call: CallAnswer }) {
	const { t } = useTranslation();
	const metres = (m: number | null | undefined) => (m === null || m === undefined ? "—" : t("pack.metres", { m }));
	return (
		<section className="pack-part">
			<h2>{t("pack.lanes")}</h2>
			<div className="table-scroll" tabIndex={0} role="group" aria-label={t("pack.lanes")}>
				<table className="pack-table" data-testid="pack-lanes">
					<thead>
						<tr>
							<th scope="col">{t("pack.lane")}</th>
							<th scope="col">{t("pack.width")}</th>
							<th scope="col">{t("pack.height")}</th>
							<th scope="col">{t("pack.radius")}</th>
							<th scope="col">{t("pack.measuredWidth")}</th>
							<th scope="col">{t("siteCard.lastDrill")}</th>
							<th scope="col">{t("siteCard.note")}</th>
						</tr>
					</thead>
					<tbody>
						{call.lanes.map((lane) => {
							const card = call.card.card.lanes.find(({ laneId }) => laneId === lane.laneId);
							const about = call.card.lanes.find(({ laneId }) => laneId === lane.laneId);
							return (
								<tr key={lane.laneId}>
									<th scope="row">
										{lane.name}
										{lane.ways.length > 0 && (
											<span className="soft"> {lane.ways.map((way) => t(`call.way_${way}`)).join(" · ")}</span>
										)}
									</th>
									<td>{metres(card?.widthM)}</td>
									<td>{card?.isOpenAbove ? t("pack.unlimited") : metres(card?.heightM)}</td>
									<td>{metres(card?.turningRadiusM)}</td>
									<td>
										<MeasuredWidth lane={lane} />
									</td>
									<td>
										<LastDrill last={about?.lastDrill ?? null} />
									</td>
									<td>{card?.note}</td>
								</tr>
							);
						})}
					</tbody>
				</table>
			</div>
		</section>
	);
}

/** Metres are told where the lane is calibrated alone, rounded down, and while it can be seen. */
function MeasuredWidth({ lane: { clearance, state, laneState } }: { readonly lane: CallLane }) {
	const { t } = useTranslation();
	if (laneState === "unknown" || (state === "unknown" && !clearance)) return <>{t("call.state_unknown")}</>;
	if (!clearance || clearance.widthM === null) return <span className="soft">{t("pack.notCalibrated")}</span>;
	return <>{t("pack.metres", { m: (Math.floor(clearance.widthM * 10 + 1e-6) / 10).toFixed(1) })}</>;
}
