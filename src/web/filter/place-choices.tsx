import { memo, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { occupancyCauses } from "#contract/messages/edge-to-server.ts";
import { Icon } from "../components/icon.tsx";
import { partName } from "../pages/organisation/part-name.ts";
import { choicesIn, countChosen, type PlaceFilter, type Places, withChoice } from "./lane-filter.ts";
import "./filter.css";

interface PlaceChoicesProps {
	readonly places: Places | null;
	readonly filter: PlaceFilter;
	readonly onFilter: (filter: PlaceFilter) => void;
	/** More to choose by, in the same row. */
	readonly children?: ReactNode;
}

/** One row; on a narrow page it folds behind a button that says how many choices hold. */
export const PlaceChoices = memo(function PlaceChoices({ places, filter, onFilter, children }: PlaceChoicesProps) {
	const { t } = useTranslation();
	const [unfolded, setUnfolded] = useState(false);
	const rowId = useId();
	const chosen = countChosen(filter);
	const { streets, sites } = places ? choicesIn(filter, places) : { streets: [], sites: [] };
	const choose = (choice: Partial<PlaceFilter>) =>
		onFilter(places ? withChoice(filter, choice, places) : { ...filter, ...choice });
	const named = (all: readonly { readonly id: string; readonly name: string }[]) =>
		all.map((one) => ({ value: one.id, words: partName(t, one) }));
	return (
		<div className="place-choices" data-testid="place-choices">
			<button
				type="button"
				className="button small place-fold"
				aria-expanded={unfolded}
				aria-controls={rowId}
				data-testid="filter-fold"
				onClick={() => setUnfolded(!unfolded)}
			>
				<Icon name="search" />
				{chosen > 0 ? t("laneFilter.active", { count: chosen }) : t("laneFilter.more")}
			</button>
			<div
				id={rowId}
				className={unfolded ? "place-row place-row-unfolded" : "place-row"}
				role="group"
				aria-label={t("laneFilter.group")}
			>
				<Choice
					name="district"
					label={t("laneFilter.district")}
					any={t("laneFilter.anyDistrict")}
					options={named(places?.districts ?? [])}
					value={filter.district}
					onChange={(district) => choose({ district })}
				/>
				<Choice
					name="street"
					label={t("laneFilter.street")}
					any={t("laneFilter.anyStreet")}
					options={named(streets)}
					value={filter.street}
					onChange={(street) => choose({ street })}
				/>
				<Choice
					name="site"
					label={t("laneFilter.site")}
					any={t("laneFilter.anySite")}
					options={named(sites)}
					value={filter.site}
					onChange={(site) => choose({ site })}
				/>
				<Choice
					name="party"
					label={t("laneFilter.party")}
					any={t("laneFilter.anyParty")}
					options={named(places?.parties ?? [])}
					value={filter.party}
					onChange={(party) => choose({ party })}
				/>
				<Choice
					name="class"
					label={t("laneFilter.cause")}
					any={t("laneFilter.anyClass")}
					options={occupancyCauses.map((cause) => ({ value: cause, words: t(`cause.${cause}`) }))}
					value={filter.cause}
					onChange={(value) => choose({ cause: occupancyCauses.find((cause) => cause === value) ?? null })}
				/>
				{children}
			</div>
		</div>
	);
});

interface ChoiceProps {
	readonly name: string;
	readonly label: string;
	readonly any: string;
	readonly options: readonly { readonly value: string; readonly words: string }[];
	readonly value: string | null;
	readonly onChange: (value: string | null) => void;
}

/** Where there is nothing to choose between, there is no choice. */
function Choice({ name, label, any, options, value, onChange }: ChoiceProps) {
	if (options.length < 2 && value === null) return null;
	return (
		<select
			aria-label={label}
			name={name}
			className={value === null ? undefined : "chosen"}
			data-testid={`choose-${name}`}
			value={value ?? ""}
			onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
		>
			<option value="">{any}</option>
			{options.map((option) => (
				<option key={option.value} value={option.value}>
					{option.words}
				</option>
			))}
		</select>
	);
}
