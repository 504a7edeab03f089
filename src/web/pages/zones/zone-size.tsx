import { type Dispatch, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/http-api.ts";
import { sizeRangeM } from "#core/clearance/calibration.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { metreGridOf } from "./metre-grid.ts";
import type { EditorAction } from "./zone-editor.ts";

interface ZoneSizeProps {
	readonly zone: ZoneBody;
	/** How wide a car would be seen in the zone; null where nobody knows. */
	readonly carPx: number | null;
	readonly dispatch: Dispatch<EditorAction>;
}

interface Typed {
	readonly width: string;
	readonly length: string;
}

/** The real width and length of a zone of four corners: from then on the clear width is told in metres. */
export function ZoneSize({ zone, carPx, dispatch }: ZoneSizeProps) {
	const { t } = useTranslation();
	const { id, polygon, calibration } = zone;
	const known = calibration && "widthM" in calibration ? calibration : null;
	const byPoints = calibration !== undefined && known === null;
	const [typed, setTyped] = useState<Typed | null>(null);
	const shown = typed ?? { width: known ? String(known.widthM) : "", length: known ? String(known.lengthM) : "" };
	/** What stands in the fields is what the zone has: from then on they follow it, also back by undo. */
	const isTakenOver =
		metresOf(shown.width) === (known?.widthM ?? null) &&
		metresOf(shown.length) === (known?.lengthM ?? null) &&
		(known !== null || shown.width + shown.length === "");
	const net = metreGridOf(zone);

	function type(next: Typed) {
		setTyped(next);
		const [widthM, lengthM] = [metresOf(next.width), metresOf(next.length)];
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
		return metresOf(text) ? null : t("size.bad", sizeRangeM);
	};

	return (
		<details className="zone-delays zone-size" open={calibration !== undefined}>
			<summary data-testid="zone-size">{t("size.title")}</summary>
			{polygon.length !== 4 && !calibration ? (
				<p className="field-hint">{t("size.fourCorners")}</p>
			) : (
				<>
					{byPoints ? (
						<p className="field-hint">{t("size.byPoints")}</p>
					) : (
						<div className="two-fields">
							{field("width", "length", t("size.width"))}
							{field("length", "width", t("size.length"))}
						</div>
					)}
					{calibration && (
						<div className="buttons">
							{!byPoints && (
								<button
									type="button"
									className="button small"
									data-testid="turn-size"
									onClick={() =>
										dispatch({ do: "reshape", id, polygon: [...polygon.slice(1), ...polygon.slice(0, 1)] })
									}
								>
									<Icon name="refresh" size={16} />
									{t("size.turn")}
								</button>
							)}
							<button
								type="button"
								className="button small quiet"
								data-testid="drop-size"
								onClick={() => {
									setTyped(null);
									dispatch({ do: "setCalibration", id, calibration: null });
								}}
							>
								<Icon name="close" size={16} />
								{t("size.drop")}
							</button>
						</div>
					)}
					<p className="field-hint">{net ? t("size.net", { count: net.stepM }) : t("size.hint")}</p>
				</>
			)}
			{carPx !== null && <p className="field-hint">{t("size.car", { count: carPx })}</p>}
		</details>
	);
}

/** Metres as people type them; null for what is no size of a lane. */
function metresOf(text: string): number | null {
	const metres = /^\d{1,3}([.,。．]\d{0,2})?$/.test(text.trim())
		? Number(text.trim().replace(/[,。．]/, "."))
		: Number.NaN;
	return metres >= sizeRangeM.min && metres <= sizeRangeM.max ? metres : null;
}
