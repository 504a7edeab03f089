import { type Dispatch, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { Icon } from "../../components/icon.tsx";
import type { KnownPlaces } from "./known-places.ts";
import { metreGridOf } from "./metre-grid.ts";
import { PlacesFields } from "./places-fields.tsx";
import { SizeFields } from "./size-fields.tsx";
import type { EditorAction } from "./zone-editor.ts";

interface ZoneSizeProps {
	readonly zone: ZoneBody;
	/** The four places of a zone that is measured by points; null: by its width and length. */
	readonly places: KnownPlaces | null;
	/** How wide a car would be seen in the zone; null where nobody knows. */
	readonly carPx: number | null;
	readonly dispatch: Dispatch<EditorAction>;
}

/** The real size of a zone, by width and length or by four known points: from then on the clear width is told in metres. */
export function ZoneSize({ zone, places, carPx, dispatch }: ZoneSizeProps) {
	const { t } = useTranslation();
	const { id, polygon, calibration } = zone;
	/** What was typed and not taken over is dropped with the size. */
	const [drops, setDrops] = useState(0);
	const net = metreGridOf(zone);
	const canHaveSize = polygon.length === 4 || (calibration !== undefined && places === null);
	const way = (words: string, chosen: boolean, action: EditorAction) => (
		<label className="check">
			<input type="radio" checked={chosen} data-testid={`by-${action.do}`} onChange={() => dispatch(action)} />
			{words}
		</label>
	);

	return (
		<details className="zone-delays zone-size" open={calibration !== undefined || places !== null}>
			<summary data-testid="zone-size">{t("size.title")}</summary>
			<div className="size-ways" role="radiogroup" aria-label={t("size.title")}>
				{way(t("size.bySides"), places === null, { do: "askSize", id })}
				{way(t("size.byPoints"), places !== null, { do: "askPoints", id })}
			</div>
			{places ? (
				<PlacesFields zoneId={id} places={places} dispatch={dispatch} />
			) : canHaveSize ? (
				<SizeFields key={drops} zone={zone} dispatch={dispatch} />
			) : (
				<p className="field-hint">{t("size.fourCorners")}</p>
			)}
			{(calibration || places) && (
				<div className="buttons">
					{!places && (
						<button
							type="button"
							className="button small"
							data-testid="turn-size"
							onClick={() => dispatch({ do: "reshape", id, polygon: [...polygon.slice(1), ...polygon.slice(0, 1)] })}
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
							setDrops(drops + 1);
							dispatch({ do: "setCalibration", id, calibration: null });
						}}
					>
						<Icon name="close" size={16} />
						{t("size.drop")}
					</button>
				</div>
			)}
			{net && <p className="field-hint">{t("size.net", { count: net.stepM })}</p>}
			{!net && !places && canHaveSize && <p className="field-hint">{t("size.hint")}</p>}
			{carPx !== null && <p className="field-hint">{t("size.car", { count: carPx })}</p>}
		</details>
	);
}
