import { type Dispatch, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyBody, ZoneBody } from "#contract/http-api.ts";
import { Field } from "../../components/field.tsx";
import type { EditorAction } from "./zone-editor.ts";

/** The largest delays that the contract allows, seconds. */
const delays = [
	{ key: "vehicleOnDelayMs", word: "vehicleDelay", maxS: 86_400 },
	{ key: "objectOnDelayMs", word: "objectDelay", maxS: 172_800 },
	{ key: "offDelayMs", word: "offDelay", maxS: 3_600 },
] as const satisfies readonly { key: keyof PolicyBody; word: string; maxS: number }[];

interface ZoneDelaysProps {
	readonly zone: ZoneBody;
	readonly dispatch: Dispatch<EditorAction>;
}

/** Delays of this zone alone; what is left empty is as everywhere on the site. */
export function ZoneDelays({ zone: { id, policy = {} }, dispatch }: ZoneDelaysProps) {
	const { t } = useTranslation();
	return (
		<details className="zone-delays" open={Object.keys(policy).length > 0}>
			<summary>{t("zone.delays")}</summary>
			<div className="three-fields">
				{delays.map(({ key, word, maxS }) => (
					<DelayField
						key={key}
						label={t(`zone.${word}`)}
						ms={policy[key]}
						maxS={maxS}
						onChange={(ms) => {
							const changed = { ...policy };
							if (ms === undefined) delete changed[key];
							else changed[key] = ms;
							dispatch({ do: "setPolicy", id, policy: changed });
						}}
					/>
				))}
			</div>
		</details>
	);
}

interface DelayFieldProps {
	readonly label: string;
	readonly ms: number | undefined;
	readonly maxS: number;
	readonly onChange: (ms: number | undefined) => void;
}

function DelayField({ label, ms, maxS, onChange }: DelayFieldProps) {
	const { t } = useTranslation();
	const known = ms === undefined ? "" : String(ms / 1000);
	const [wrong, setWrong] = useState<string | null>(null);
	return (
		<Field label={label} error={wrong === null ? null : t("zone.delayBad", { max: maxS })}>
			{(tied) => (
				<input
					{...tied}
					inputMode="numeric"
					placeholder={t("zone.delayDefault")}
					value={wrong ?? known}
					onChange={({ target: { value } }) => {
						const text = value.trim();
						const fits = text === "" || (/^\d+$/.test(text) && Number(text) <= maxS);
						setWrong(fits ? null : value);
						if (fits) onChange(text === "" ? undefined : Number(text) * 1000);
					}}
				/>
			)}
		</Field>
	);
}
