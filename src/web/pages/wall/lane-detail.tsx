import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { ExemptTag } from "../../components/exempt-tag.tsx";
import { Icon } from "../../components/icon.tsx";
import { LaneUnknown } from "../../components/lane-unknown.tsx";
import { StateBadge } from "../../components/state-sign.tsx";
import { TickingDwell, useBlindToday } from "../../components/ticking.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { LiveScene } from "../../live-video/live-scene.tsx";
import { formatShort } from "../../time/format-time.ts";
import { ExemptStays } from "../permits/exempt-stays.tsx";
import { LanePermits } from "../permits/lane-permits.tsx";

/** What is known of a lane on which nothing stands that anybody must act on. */
export default function LaneDetail({ lane }: { readonly lane: LaneAnswer }) {
	const { t } = useTranslation();
	const { cameraId, cameraName, state, reason, since, kind, polygon } = lane;
	const blindToday = useBlindToday(lane);
	return (
		<>
			<p className="lane-detail-state">
				<StateBadge state={state} />
				<span>{t(`stateHint.${state}`)}</span>
				<ExemptTag lane={lane} />
			</p>
			<LaneUnknown lane={lane} />
			<LiveScene
				cameraId={cameraId}
				name={cameraName}
				alt={t("camera.livePicture", { name: cameraName })}
				polygon={polygon}
				tone={`tone-${state}`}
			/>
			<dl className="facts">
				<div>
					<dt>{t("zone.kind")}</dt>
					<dd>{t(`kind.${kind}`)}</dd>
				</div>
				<div>
					<dt>{t("alert.camera")}</dt>
					<dd>{cameraName}</dd>
				</div>
				{blindToday !== "" && (
					<div>
						<dt title={t("blind.hint")}>{t("blind.today")}</dt>
						<dd className="digits" data-testid="blind-today">
							{blindToday}
						</dd>
					</div>
				)}
				{since !== null && (state !== "unknown" || reason === null) && (
					<div>
						<dt>{t(`state.${state}`)}</dt>
						<dd>
							<TickingDwell since={since} />{" "}
							<span className="soft">{t("wall.since", { time: formatShort(since, currentLanguage()) })}</span>
						</dd>
					</div>
				)}
			</dl>
			<LanePermits laneId={lane.id} />
			<ExemptStays laneId={lane.id} />
			<div className="buttons">
				<Link className="button" href={`/cameras/${cameraId}`}>
					<Icon name="camera" />
					{t("wall.toCamera")}
				</Link>
				<Link className="button" href={`/cameras/${cameraId}/zones`}>
					<Icon name="polygon" />
					{t("wall.toZones")}
				</Link>
				<Link className="button" href={`/alerts?lane=${lane.id}`}>
					<Icon name="bell" />
					{t("wall.toHistory")}
				</Link>
			</div>
		</>
	);
}
