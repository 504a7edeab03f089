import { useTranslation } from "react-i18next";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { laneEntries } from "#core/drill/ways.ts";
import { Field } from "../../components/field.tsx";
import type { LaneForm, Mistakes } from "./card-form.ts";
import { LastDrill } from "./last-drill.tsx";

interface LaneFieldsProps {
	readonly answer: SiteCardAnswer;
	readonly lanes: readonly LaneForm[];
	readonly mistakes: Mistakes;
	readonly onChange: (lanes: readonly LaneForm[]) => void;
}

/** A card for every lane of the site. */
export function LaneFields({ answer, lanes, mistakes, onChange }: LaneFieldsProps) {
	const { t } = useTranslation();
	return (
		<section className="card-part">
			<h2>{t("siteCard.lanes")}</h2>
			{lanes.map((lane, index) => {
				const about = answer.lanes.find(({ laneId }) => laneId === lane.laneId);
				const change = (part: Partial<LaneForm>) => onChange(lanes.with(index, { ...lane, ...part }));
				return (
					<fieldset key={lane.laneId} className="card card-entry" data-testid="card-lane" data-lane={lane.laneId}>
						<legend>{about?.name ?? lane.laneId}</legend>
						<div className="card-fields">
							{(["widthM", "heightM", "turningRadiusM"] as const).map((name) => {
								const mistake = mistakes.get(`lanes.${index}.${name}`);
								return (
									<Field key={name} label={t(`siteCard.lane_${name}`)} error={mistake && t(`siteCard.${mistake}`)}>
										{(ids) => (
											<input
												{...ids}
												inputMode="decimal"
												name={name}
												disabled={name === "heightM" && lane.isOpenAbove}
												value={name === "heightM" && lane.isOpenAbove ? "" : lane[name]}
												onChange={({ target }) => change({ [name]: target.value })}
											/>
										)}
									</Field>
								);
							})}
							<Field label={t("siteCard.lane_entry")}>
								{(ids) => (
									<select
										{...ids}
										name="entry"
										value={lane.entry}
										onChange={({ target }) => change({ entry: target.value as LaneForm["entry"] })}
									>
										{laneEntries.map((entry) => (
											<option key={entry} value={entry}>
												{t(`siteCard.entry_${entry}`)}
											</option>
										))}
									</select>
								)}
							</Field>
							<Field label={t("siteCard.note")}>
								{(ids) => (
									<input
										{...ids}
										maxLength={300}
										value={lane.note}
										onChange={({ target }) => change({ note: target.value })}
									/>
								)}
							</Field>
						</div>
						<div className="card-foot">
							<label className="check">
								<input
									type="checkbox"
									checked={lane.isOpenAbove}
									onChange={({ target }) => change({ isOpenAbove: target.checked })}
								/>
								{t("siteCard.lane_isOpenAbove")}
							</label>
							<LastDrill last={about?.lastDrill ?? null} />
						</div>
					</fieldset>
				);
			})}
		</section>
	);
}
