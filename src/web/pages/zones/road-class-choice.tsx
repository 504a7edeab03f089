import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { defaultRoadClass, roadClasses } from "#core/evidence/law-basis.ts";
import { Field } from "../../components/field.tsx";
import type { EditorAction } from "./zone-editor.ts";

/** What the lane is by law: which of the two laws is named on its evidence. */
export function RoadClassChoice({
	zone,
	dispatch,
}: {
	readonly zone: ZoneBody;
	readonly dispatch: Dispatch<EditorAction>;
}) {
	const { t } = useTranslation();
	return (
		<Field label={t("photos.roadClass")} hint={t("photos.roadClassHint")}>
			{(tied) => (
				<select
					{...tied}
					value={zone.roadClass ?? defaultRoadClass}
					data-testid="road-class"
					onChange={({ target: { value } }) => {
						const roadClass = roadClasses.find((each) => each === value) ?? defaultRoadClass;
						dispatch({ do: "setRoadClass", id: zone.id, roadClass });
					}}
				>
					{roadClasses.map((each) => (
						<option key={each} value={each}>
							{t(`photos.law_${each}`)}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}
