import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";

/** What marks the thing in a picture: the outline of piled goods, the box of a vehicle (or of goods without outline). */
export function standingOf({ outline, box }: AlertAnswer): Pick<AlertAnswer, "box"> | Pick<AlertAnswer, "outline"> {
	return outline.length > 0 ? { outline } : { box };
}

/** What the lines over a still mean. */
export function DrawnWords({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const outlined = alert.outline.length > 0;
	return (
		<ul className="drawn-words soft">
			<li>
				<span className="drawn-key drawn-key-lane" aria-hidden="true" />
				{t("alert.drawnLane")}
			</li>
			<li>
				<span className={`drawn-key ${outlined ? "drawn-key-outline" : "drawn-key-box"}`} aria-hidden="true" />
				{outlined ? t("alert.drawnObject") : t(`cause.${alert.cause}`)}
			</li>
		</ul>
	);
}
