import { useTranslation } from "react-i18next";
import { Field } from "../../components/field.tsx";
import type { TargetsDraft } from "./targets-draft.ts";

interface QuietFieldsProps {
	readonly draft: TargetsDraft;
	readonly disabled: boolean;
	readonly fromError: string | null;
	readonly toError: string | null;
	readonly onDraft: (draft: TargetsDraft) => void;
}

/** When loud channels stay silent. */
export function QuietFields({ draft, disabled, fromError, toError, onDraft }: QuietFieldsProps) {
	const { t } = useTranslation();
	const times = [
		["from", fromError],
		["to", toError],
	] as const;
	return (
		<>
			<h3>{t("targets.quiet")}</h3>
			<p className="soft">{t("targets.quietHint")}</p>
			<label className="check">
				<input
					type="checkbox"
					name="quiet"
					checked={draft.isQuiet}
					disabled={disabled}
					onChange={({ target }) => onDraft({ ...draft, isQuiet: target.checked })}
				/>
				{t("targets.quietHours")}
			</label>
			{draft.isQuiet && (
				<div className="targets-fields">
					{times.map(([which, error]) => (
						<Field key={which} label={t(`targets.${which}`)} error={error}>
							{(tied) => (
								<input
									{...tied}
									name={`quiet-${which}`}
									className="digits"
									autoComplete="off"
									maxLength={5}
									placeholder="22:00"
									disabled={disabled}
									value={draft[which]}
									onChange={({ target }) => onDraft({ ...draft, [which]: target.value })}
								/>
							)}
						</Field>
					))}
				</div>
			)}
		</>
	);
}
