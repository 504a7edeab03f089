import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import { fieldError } from "./part-words.ts";

interface SectorFieldsProps {
	readonly organisation: OrganisationAnswer;
	readonly chosen: readonly string[];
	readonly error: unknown;
	readonly onChange: (sectorIds: string[]) => void;
}

/** In which sectors a site is; those that one does not administer stay as they are. */
export function SectorFields({ organisation, chosen, error, onChange }: SectorFieldsProps) {
	const { t } = useTranslation();
	const shown = organisation.sectors.filter(({ id, closedAt }) => closedAt === null || chosen.includes(id));
	if (shown.length === 0) return null;
	return (
		<fieldset className="contacts">
			<legend>{t("organisation.sectors")}</legend>
			<div className="sector-choices">
				{shown.map(({ id, name, mayChange }) => (
					<label key={id} className="check">
						<input
							type="checkbox"
							checked={chosen.includes(id)}
							disabled={!mayChange}
							onChange={({ target }) =>
								onChange(target.checked ? [...chosen, id].sort() : chosen.filter((one) => one !== id))
							}
						/>
						{name}
					</label>
				))}
			</div>
			<p className="field-error" aria-live="polite">
				{fieldError(t, error, "sectorIds")}
			</p>
		</fieldset>
	);
}
