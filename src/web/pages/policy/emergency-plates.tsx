import { useState } from "react";
import { useTranslation } from "react-i18next";
import { plateTextSchema } from "#contract/plate-text.ts";
import { Field } from "../../components/field.tsx";

interface EmergencyPlatesProps {
	readonly plates: readonly string[];
	readonly disabled: boolean;
	readonly onChange: (plates: string[]) => void;
}

const mostPlates = 200;

/** The site's own list of vehicles on duty whose plates are ordinary ones. */
export function EmergencyPlates({ plates, disabled, onChange }: EmergencyPlatesProps) {
	const { t } = useTranslation();
	const [typed, setTyped] = useState("");
	const [wrong, setWrong] = useState(false);

	function add() {
		const read = plateTextSchema.safeParse(typed);
		setWrong(!read.success);
		if (!read.success) return;
		if (!plates.includes(read.data)) onChange([...plates, read.data]);
		setTyped("");
	}

	return (
		<div className="emergency-plates" data-testid="emergency-plates">
			<ul className="plate-list">
				{plates.map((plate) => (
					<li key={plate}>
						<span className="digits">{plate}</span>
						<button
							type="button"
							className="button small"
							disabled={disabled}
							aria-label={t("exempt.remove", { plate })}
							onClick={() => onChange(plates.filter((other) => other !== plate))}
						>
							{t("common.remove")}
						</button>
					</li>
				))}
			</ul>
			<Field label={t("exempt.plate")} hint={t("exempt.listHint")} error={wrong ? t("permit.errPlate") : null}>
				{(tied) => (
					<input
						{...tied}
						name="emergency-plate"
						maxLength={20}
						autoComplete="off"
						disabled={disabled || plates.length >= mostPlates}
						value={typed}
						onChange={({ target: { value } }) => setTyped(value)}
						onKeyDown={(event) => {
							if (event.key !== "Enter") return;
							event.preventDefault();
							add();
						}}
					/>
				)}
			</Field>
			<button
				type="button"
				className="button small"
				disabled={disabled || typed.trim() === "" || plates.length >= mostPlates}
				data-testid="add-emergency-plate"
				onClick={add}
			>
				{t("exempt.add")}
			</button>
		</div>
	);
}
