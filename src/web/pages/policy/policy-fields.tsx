import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyBody } from "#contract/zones.ts";
import type { Policy } from "#core/scene.ts";
import { Field } from "../../components/field.tsx";
import { type PolicyField, readField, showField, withKey } from "./policy-keys.ts";

interface PolicyFieldsProps {
	readonly fields: readonly PolicyField[];
	readonly policy: PolicyBody;
	/** What holds where a field is left empty. */
	readonly inherited: Policy;
	readonly onChange: (policy: PolicyBody) => void;
	readonly hints?: boolean;
	readonly disabled?: boolean;
}

/** One field for each key; what is left empty is as at the weaker level. */
export function PolicyFields({
	fields,
	policy,
	inherited,
	onChange,
	hints = false,
	disabled = false,
}: PolicyFieldsProps) {
	return (
		<div className={hints ? "policy-fields policy-fields-wide" : "policy-fields"}>
			{fields.map((field) => (
				<PolicyNumber
					key={field.key}
					field={field}
					value={policy[field.key]}
					inherited={inherited[field.key]}
					hint={hints}
					disabled={disabled}
					onChange={(value) => onChange(withKey(policy, field.key, value))}
				/>
			))}
		</div>
	);
}

interface PolicyNumberProps {
	readonly field: PolicyField;
	readonly value: number | undefined;
	readonly inherited: number;
	readonly hint: boolean;
	readonly disabled: boolean;
	readonly onChange: (value: number | undefined) => void;
}

function PolicyNumber({ field, value, inherited, hint, disabled, onChange }: PolicyNumberProps) {
	const { t } = useTranslation();
	const { key, unit, min, max } = field;
	const known = value === undefined ? "" : showField(field, value);
	/** What is typed and cannot be taken yet, such as "0." on the way to "0.5". */
	const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
	const pending = typed !== null && typed.over === known ? typed.text : null;
	const wrong = pending !== null && readField(field, pending) === null;
	return (
		<Field
			label={t("policy.label", { what: t(`policy.${key}`), unit: t(`policy.unit_${unit}`) })}
			hint={hint ? t(`policy.${key}Hint`) : undefined}
			error={wrong ? t("policy.bad", { min, max }) : null}
		>
			{(tied) => (
				<input
					{...tied}
					inputMode="decimal"
					autoComplete="off"
					disabled={disabled}
					data-testid={`policy-${key}`}
					placeholder={t("policy.inherited", { value: showField(field, inherited) })}
					value={pending ?? known}
					onChange={({ target: { value: text } }) => {
						const read = readField(field, text);
						const shown = read === undefined ? "" : read === null ? known : showField(field, read);
						setTyped(shown === text ? null : { text, over: shown });
						if (read !== null) onChange(read);
					}}
				/>
			)}
		</Field>
	);
}
