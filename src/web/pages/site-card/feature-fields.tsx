import { useTranslation } from "react-i18next";
import { clearZones, featureKinds, gateKeepings, type SiteCardAnswer } from "#contract/site-cards-api.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { FeatureSign } from "../plans/feature-sign.tsx";
import { type FeatureForm, metresOf, type Mistakes, newFeature } from "./card-form.ts";

interface FeatureFieldsProps {
	readonly answer: SiteCardAnswer;
	readonly features: readonly FeatureForm[];
	readonly mistakes: Mistakes;
	readonly onChange: (features: readonly FeatureForm[]) => void;
}

/** Gates, bollards, hydrants and aerial sites. */
export function FeatureFields({ answer, features, mistakes, onChange }: FeatureFieldsProps) {
	const { t } = useTranslation();
	const add = (kind: FeatureForm["kind"]) =>
		onChange([...features, newFeature(kind, `f-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`)]);
	return (
		<section className="card-part">
			<h2>{t("siteCard.features")}</h2>
			<p className="soft">{t("siteCard.featuresHint")}</p>
			{features.map((feature, index) => (
				<FeatureEntry
					key={feature.id}
					feature={feature}
					lanes={answer.lanes}
					mistakeAt={(name) => mistakes.get(`features.${index}.${name}`)}
					onChange={(part) => onChange(features.with(index, { ...feature, ...part }))}
					onRemove={() => onChange(features.toSpliced(index, 1))}
				/>
			))}
			<div className="buttons">
				{featureKinds.map((kind) => (
					<button key={kind} type="button" className="button" data-testid={`add-${kind}`} onClick={() => add(kind)}>
						<Icon name="plus" />
						{t(`siteCard.kind_${kind}`)}
					</button>
				))}
			</div>
		</section>
	);
}

interface FeatureEntryProps {
	readonly feature: FeatureForm;
	readonly lanes: SiteCardAnswer["lanes"];
	readonly mistakeAt: (name: string) => "metresWrong" | "nameMissing" | undefined;
	readonly onChange: (part: Partial<FeatureForm>) => void;
	readonly onRemove: () => void;
}

function FeatureEntry({ feature, lanes, mistakeAt, onChange, onRemove }: FeatureEntryProps) {
	const { t } = useTranslation();
	const { kind, name } = feature;
	const wrong = (place: string) => {
		const mistake = mistakeAt(place);
		return mistake && t(`siteCard.${mistake}`);
	};
	return (
		<fieldset className="card card-entry" data-testid="card-feature">
			<legend>
				<FeatureSign kind={kind} size={17} /> {t(`siteCard.kind_${kind}`)}
			</legend>
			<div className="card-fields">
				<Field label={t("siteCard.name")} error={wrong("name")}>
					{(ids) => (
						<input
							{...ids}
							name="name"
							maxLength={80}
							value={name}
							onChange={({ target }) => onChange({ name: target.value })}
						/>
					)}
				</Field>
				<Field label={t("siteCard.ofLane")}>
					{(ids) => (
						<select
							{...ids}
							value={feature.laneId ?? ""}
							onChange={({ target }) => onChange({ laneId: target.value === "" ? null : target.value })}
						>
							<option value="">{t("siteCard.ofSite")}</option>
							{lanes.map(({ laneId, name: lane }) => (
								<option key={laneId} value={laneId}>
									{lane}
								</option>
							))}
						</select>
					)}
				</Field>
				{metresOf[kind].map((metres) => (
					<Field key={metres} label={t(`siteCard.${metres}`)} error={wrong(metres)}>
						{(ids) => (
							<input
								{...ids}
								inputMode="decimal"
								value={feature[metres]}
								onChange={({ target }) => onChange({ [metres]: target.value })}
							/>
						)}
					</Field>
				))}
				<KindFields feature={feature} onChange={onChange} />
				<Field label={t("siteCard.note")}>
					{(ids) => (
						<input
							{...ids}
							maxLength={300}
							value={feature.note}
							onChange={({ target }) => onChange({ note: target.value })}
						/>
					)}
				</Field>
			</div>
			<div className="card-foot">
				<button type="button" className="button quiet small" onClick={onRemove}>
					<Icon name="trash" size={16} />
					{t("siteCard.remove", { name: name || t(`siteCard.kind_${kind}`) })}
				</button>
			</div>
		</fieldset>
	);
}

/** What is asked of one kind alone. */
function KindFields({ feature, onChange }: Pick<FeatureEntryProps, "feature" | "onChange">) {
	const { t } = useTranslation();
	const { kind } = feature;
	return (
		<>
			{kind === "gate" && (
				<Field label={t("siteCard.keeping")}>
					{(ids) => (
						<select
							{...ids}
							value={feature.keeping ?? "locked"}
							onChange={({ target }) => onChange({ keeping: target.value as NonNullable<FeatureForm["keeping"]> })}
						>
							{gateKeepings.map((keeping) => (
								<option key={keeping} value={keeping}>
									{t(`siteCard.keeping_${keeping}`)}
								</option>
							))}
						</select>
					)}
				</Field>
			)}
			{kind === "bollard" && (
				<Field label={t("siteCard.isFixed")}>
					{(ids) => (
						<select
							{...ids}
							value={String(feature.isFixed ?? false)}
							onChange={({ target }) => onChange({ isFixed: target.value === "true" })}
						>
							<option value="false">{t("siteCard.fixed_false")}</option>
							<option value="true">{t("siteCard.fixed_true")}</option>
						</select>
					)}
				</Field>
			)}
			{(kind === "gate" || kind === "bollard") && (
				<Field label={t("siteCard.keyHolder")}>
					{(ids) => (
						<input
							{...ids}
							maxLength={120}
							value={feature.keyHolder}
							onChange={({ target }) => onChange({ keyHolder: target.value })}
						/>
					)}
				</Field>
			)}
			{kind === "hydrant" && (
				<Field label={t("siteCard.clearZone")}>
					{(ids) => (
						<select
							{...ids}
							value={feature.clearZone ?? "unknown"}
							onChange={({ target }) => onChange({ clearZone: target.value as NonNullable<FeatureForm["clearZone"]> })}
						>
							{clearZones.map((zone) => (
								<option key={zone} value={zone}>
									{t(`siteCard.clearZone_${zone}`)}
								</option>
							))}
						</select>
					)}
				</Field>
			)}
		</>
	);
}
