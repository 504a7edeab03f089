import { useTranslation } from "react-i18next";
import type { HoursOfDayBody, PolicyHoursBody } from "#contract/zones.ts";
import { mergePolicies, type Policy } from "#core/scene.ts";
import { Icon } from "../../components/icon.tsx";
import { HoursFields } from "./hours-fields.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { delayFields } from "./policy-keys.ts";

const night = { from: "22:00", to: "07:00" } as const;

interface PolicyHoursEditorProps {
	readonly hours: readonly PolicyHoursBody[];
	/** What holds for the whole day. */
	readonly allDay: Policy;
	readonly onChange: (hours: PolicyHoursBody[]) => void;
	readonly disabled?: boolean;
}

/** Delays that are others at some hours of the day. */
export function PolicyHoursEditor({ hours, allDay, onChange, disabled = false }: PolicyHoursEditorProps) {
	const { t } = useTranslation();
	const replace = (index: number, next: PolicyHoursBody) => onChange(hours.with(index, next));
	return (
		<div className="hours-list" data-testid="policy-hours">
			{hours.length === 0 && <p className="soft">{t("policy.noHours")}</p>}
			{hours.map((each, index) => (
				<div className="hours-item" key={index} data-testid="policy-hours-item">
					<HoursFields
						hours={each}
						disabled={disabled}
						onChange={(changed) => replace(index, { ...changed, policy: each.policy })}
						onRemove={() => onChange(hours.filter((_, other) => other !== index))}
					/>
					<PolicyFields
						fields={delayFields}
						policy={each.policy}
						inherited={mergePolicies(allDay)}
						disabled={disabled}
						onChange={(policy) => replace(index, { ...each, policy })}
					/>
				</div>
			))}
			{!disabled && hours.length < 24 && (
				<button
					type="button"
					className="button small"
					data-testid="add-hours"
					onClick={() => onChange([...hours, { ...night, policy: {} }])}
				>
					<Icon name="plus" size={16} />
					{t("policy.addHours")}
				</button>
			)}
		</div>
	);
}

interface ArmedEditorProps {
	/** Null: always. */
	readonly armed: readonly HoursOfDayBody[] | null;
	readonly onChange: (armed: HoursOfDayBody[] | null) => void;
}

/** When a zone is watched. Without its last stretch it is watched always again. */
export function ArmedEditor({ armed, onChange }: ArmedEditorProps) {
	const { t } = useTranslation();
	const list = armed ?? [];
	return (
		<fieldset className="armed" data-testid="armed">
			<legend>{t("policy.armed")}</legend>
			<label className="check">
				<input type="radio" checked={armed === null} data-testid="armed-always" onChange={() => onChange(null)} />
				{t("policy.armedAlways")}
			</label>
			<label className="check">
				<input
					type="radio"
					checked={armed !== null}
					data-testid="armed-some"
					onChange={() => armed ?? onChange([{ ...night }])}
				/>
				{t("policy.armedSome")}
			</label>
			{armed && (
				<div className="hours-list">
					<p className="field-hint">{t("policy.armedHint")}</p>
					{list.map((each, index) => (
						<HoursFields
							key={index}
							hours={each}
							onChange={(changed) => onChange(list.with(index, changed))}
							onRemove={() => onChange(list.length > 1 ? list.filter((_, other) => other !== index) : null)}
						/>
					))}
					{list.length < 24 && (
						<button type="button" className="button small" onClick={() => onChange([...list, { ...night }])}>
							<Icon name="plus" size={16} />
							{t("policy.addArmed")}
						</button>
					)}
				</div>
			)}
		</fieldset>
	);
}
