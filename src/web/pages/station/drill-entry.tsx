import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DrillAnswer, DrilledLane } from "#contract/drills-api.ts";
import { drillPhotoUrl } from "../../api/station-api.ts";
import { Icon } from "../../components/icon.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";

const signOf = { passed: "clear", failed: "occupied", not_tried: "unknown" } as const;

/** One record: closed a line, open all of it. One that was corrected stays, struck out. */
export function DrillEntry({ drill }: { readonly drill: DrillAnswer }) {
	const { t } = useTranslation();
	const { id, siteId, siteName, record, by, at, corrects, correctedBy } = drill;
	const language = currentLanguage();
	const count = (result: DrilledLane["result"]) => record.lanes.filter((lane) => lane.result === result).length;
	const title = t("station.recordOf", { site: siteName, time: formatInstant(record.startedAt, language) });
	return (
		<details className="card drill-entry" data-testid="drill-entry" data-id={id}>
			<summary>
				<span className={correctedBy ? "drill-title drill-corrected" : "drill-title"}>{title}</span>
				<span className="soft">{record.station}</span>
				<span>{t("station.passedOf", { passed: count("passed"), failed: count("failed") })}</span>
				{correctedBy && <span className="tag">{t("station.corrected")}</span>}
				{corrects !== null && <span className="tag">{t("station.correction")}</span>}
			</summary>
			<dl className="drill-facts">
				<dt>{t("station.recordPlace")}</dt>
				<dd>{record.place}</dd>
				<dt>{t("station.recordContent")}</dt>
				<dd>{record.content}</dd>
				<dt>{t("station.recordDepartments")}</dt>
				<dd>{record.departments.join("、")}</dd>
				<dt>{t("station.recordPeople")}</dt>
				<dd>{record.people.join("、")}</dd>
				{record.note !== "" && (
					<>
						<dt>{t("station.recordNote")}</dt>
						<dd>{record.note}</dd>
					</>
				)}
			</dl>
			<ul className="drilled-lanes">
				{record.lanes.map((lane) => (
					<DrilledLaneRow
						key={lane.laneId}
						lane={lane}
						name={drill.laneNames[lane.laneId] ?? lane.laneId}
						siteId={siteId}
					/>
				))}
			</ul>
			<p className="soft drill-foot">
				{t("station.writtenBy", { by, time: formatInstant(at, language) })}
				{!correctedBy && (
					<Link href={`/drill/${siteId}/record?corrects=${encodeURIComponent(id)}`} className="button small">
						<Icon name="pencil" size={15} />
						{t("station.correctIt")}
					</Link>
				)}
			</p>
		</details>
	);
}

interface DrilledLaneRowProps {
	readonly lane: DrilledLane;
	readonly name: string;
	readonly siteId: string;
}

function DrilledLaneRow({ lane, name, siteId }: DrilledLaneRowProps) {
	const { t } = useTranslation();
	const { result, why, minutesToReach, carsMoved, photos } = lane;
	const facts = [
		...(why === "" ? [] : [why]),
		...(minutesToReach === null ? [] : [t("station.minutes", { count: minutesToReach })]),
		...(carsMoved === null ? [] : [t("station.carsMoved", { count: carsMoved })]),
	];
	return (
		<li>
			<span className="last-drill">
				<StateSign state={signOf[result]} size={16} />
				<strong>{name}</strong> {t(`station.result_${result}`)}
			</span>
			<span>{facts.join(" · ")}</span>
			{photos.length > 0 && (
				<span className="drill-photos">
					{photos.map((photo) => (
						<a key={photo} href={drillPhotoUrl(siteId, photo)} target="_blank" rel="noreferrer">
							<img src={drillPhotoUrl(siteId, photo)} alt={t("station.photoOf", { lane: name })} loading="lazy" />
						</a>
					))}
				</span>
			)}
		</li>
	);
}
