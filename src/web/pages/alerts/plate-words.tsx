import { useTranslation } from "react-i18next";
import type { StayPlateBody } from "#contract/stay-plate.ts";

/** What the vehicle's plate reads as, how sure each character is, or why it was not read. */
export function PlateWords({ plate }: { readonly plate: StayPlateBody }) {
	const { t } = useTranslation();
	const { state, reason, text, plateClass, colour, characters, isSure, reads, looks, exemption, settled } = plate;
	const isText = state === "read" || state === "partly";
	return (
		<div data-testid="plate-words" data-state={state} data-sure={isSure}>
			{text !== null && <strong className="digits plate-text">{text}</strong>}{" "}
			{isText ? (
				<span>
					{t(`plate.colour_${colour}`)}
					{plateClass !== null && <> · {t(`plate.class_${plateClass}`)}</>} ·{" "}
					{t(isSure ? "plate.sure" : "plate.unsure")}
				</span>
			) : (
				<span>{state === "none" ? t("plate.none") : t(`plate.why_${reason ?? "not_found"}`)}</span>
			)}
			{state === "partly" && <p className="soft">{t("plate.partly")}</p>}
			{isText && (
				<p className="soft digits" data-testid="plate-characters">
					{t("plate.each")}：
					{characters
						.map(({ char, confidence }) => t("plate.character", { char, percent: Math.round(confidence * 100) }))
						.join(" · ")}
				</p>
			)}
			<p className="soft">
				{t("plate.proposal")} · {t("plate.counts", { looks, reads })}
				{!settled && <> · {t("plate.reading")}</>}
			</p>
			{exemption && (
				<p data-testid="plate-exemption">
					<span className="tag">{t(`plate.exempt_${exemption.reason}`)}</span> {t("plate.exemptLate")}
				</p>
			)}
		</div>
	);
}
