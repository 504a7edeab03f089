import { type Dispatch, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { sizeRangeM } from "#core/clearance/calibration.ts";
import { Field } from "../../components/field.tsx";
import { sideMetresOf } from "./typed-metres.ts";
import type { EditorAction } from "./zone-editor.ts";

interface SizeFieldsProps {
	readonly zone: ZoneBody;
	readonly dispatch: Dispatch<EditorAction>;
}

interface Typed {
	readonly width: string;
	readonly length: string;
}

/** The real width and length of a zone of four corners; the zone has them once both are there. */
export function SizeFields({ zone: { id, calibration }, dispatch }: SizeFieldsProps) {
	const { t } = useTranslation();
	const known = calibration && "widthM" in calibration ? calibration : null;
	const [typed, setTyped] = useState<Typed | null>(null);
	const shown = typed ?? { width: known ? String(known.widthM) : "", length: known ? String(known.lengthM) : "" };
	/** What stands in the fields is what the zone has: from then on they follow it, also back by undo. */
	const isTakenOver =
		sideMetresOf(shown.width) === (known?.widthM ?? null) &&
		sideMetresOf(shown.length) === (known?.lengthM ?? null) &&
		(known !== null || shown.width + shown.length === "");

	function type(next: Typed) {
		setTyped(next);
		const [widthM, lengthM] = [sideMetresOf(next.width), sideMetresOf(next.length)];
		if (widthM && lengthM) dispatch({ do: "setCalibration", id, calibration: { widthM, lengthM } });
		else if (next.width.trim() === "" && next.length.trim() === "") {
			dispatch({ do: "setCalibration", id, calibration: null });
		}
	}

	const field = (side: keyof Typed, other: keyof Typed, label: string) => (
		<Field label={label} error={problemOf(shown[side], shown[other])}>
			{(tied) => (
				<input
					{...tied}
					name={`zone-${side}`}
					inputMode="decimal"
					autoComplete="off"
					placeholder={t("size.unknown")}
					value={shown[side]}
					onChange={({ target: { value } }) => type({ ...shown, [side]: value })}
					onBlur={() => isTakenOver && setTyped(null)}
				/>
			)}
		</Field>
	);
	const problemOf = (text: string, other: string): string | null => {
		if (text.trim() === "") return other.trim() === "" ? null : t("size.both");
		return sideMetresOf(text) ? null : t("size.bad", sizeRangeM);
	};

	return (
		<div className="two-fields">
			{field("width", "length", t("size.width"))}
			{field("length", "width", t("size.length"))}
		</div>
	);
}
