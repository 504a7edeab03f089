import { type Dispatch, Fragment } from "react";
import { useTranslation } from "react-i18next";
import { type KnownPlaces, placeRangeM } from "./known-places.ts";
import { MetreField } from "./metre-field.tsx";
import { placeMetresOf } from "./typed-metres.ts";
import type { EditorAction } from "./zone-editor.ts";

interface PlacesFieldsProps {
	readonly zoneId: string;
	readonly places: KnownPlaces;
	readonly dispatch: Dispatch<EditorAction>;
}

/** Four rows, one for each marker on the picture: where it lies on the ground, metres from wherever the person began. */
export function PlacesFields({ zoneId: id, places, dispatch }: PlacesFieldsProps) {
	const { t } = useTranslation();
	return (
		<>
			<p className="field-hint">{t("size.placesHint")}</p>
			<div className="places" data-testid="places">
				<span aria-hidden="true" />
				<span aria-hidden="true">{t("size.axis", { axis: "X" })}</span>
				<span aria-hidden="true">{t("size.axis", { axis: "Y" })}</span>
				{places.map(({ m: [x, y] }, index) => {
					const field = (
						axis: "X" | "Y",
						value: number | null,
						measured: (value: number | null) => (typeof places)[0]["m"],
					) => (
						<MetreField
							name={`place-${index + 1}-${axis.toLowerCase()}`}
							label={t("size.placeAxis", { n: index + 1, axis })}
							value={value}
							read={placeMetresOf}
							placeholder={t("size.unknown")}
							problem={t("size.bad", placeRangeM)}
							onValue={(next) => dispatch({ do: "measurePlace", id, index, m: measured(next) })}
						/>
					);
					return (
						<Fragment key={index}>
							<span className="place-number" aria-hidden="true">
								{index + 1}
							</span>
							{field("X", x, (next) => [next, y])}
							{field("Y", y, (next) => [x, next])}
						</Fragment>
					);
				})}
			</div>
		</>
	);
}
