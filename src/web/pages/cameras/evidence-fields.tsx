import { useTranslation } from "react-i18next";
import { Field } from "../../components/field.tsx";
import type { CameraFields, FieldProblems } from "./camera-form.ts";

interface EvidenceFieldsProps {
	readonly fields: CameraFields;
	readonly onFields: (fields: CameraFields) => void;
	readonly problems: FieldProblems;
}

/** What is written on the camera's evidence, where it is known. */
export function EvidenceFields({ fields, onFields, problems }: EvidenceFieldsProps) {
	const { t } = useTranslation();
	return (
		<div className="two-fields">
			<Field
				label={t("camera.gbId")}
				hint={t("camera.gbIdHint")}
				error={problems.gbId ? t(`camera.gb_${problems.gbId}`) : null}
			>
				{(tied) => (
					<input
						{...tied}
						name="camera-gb-id"
						className="code"
						inputMode="numeric"
						autoComplete="off"
						maxLength={24}
						placeholder="15020301011320000001"
						value={fields.gbId}
						onChange={(event) => onFields({ ...fields, gbId: event.target.value })}
					/>
				)}
			</Field>
			<Field
				label={t("camera.direction")}
				hint={t("camera.directionHint")}
				error={problems.direction ? t(`camera.${problems.direction}`) : null}
			>
				{(tied) => (
					<input
						{...tied}
						name="camera-direction"
						maxLength={80}
						placeholder={t("camera.directionPlaceholder")}
						value={fields.direction}
						onChange={(event) => onFields({ ...fields, direction: event.target.value })}
					/>
				)}
			</Field>
		</div>
	);
}
