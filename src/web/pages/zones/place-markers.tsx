import type { Dispatch, KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import { stepOfKey } from "./key-steps.ts";
import type { KnownPlaces } from "./known-places.ts";
import type { EditorAction } from "./zone-editor.ts";

interface PlaceMarkersProps {
	readonly zone: ZoneBody;
	readonly places: KnownPlaces;
	readonly width: number;
	readonly height: number;
	readonly dispatch: Dispatch<EditorAction>;
	readonly onDrag: (event: PointerEvent, index: number) => void;
}

/** How far a marker's head stands off the place it points at: a corner of the zone may lie there, and must stay in reach. */
const headPx = 30;

/** The four places of known metres, each a numbered pin whose tip is the place. */
export function PlaceMarkers({ zone: { id, name }, places, width, height, dispatch, onDrag }: PlaceMarkersProps) {
	const { t } = useTranslation();

	function onKey(event: KeyboardEvent, index: number) {
		const by = event.ctrlKey || event.metaKey ? null : stepOfKey(event.key, event.shiftKey);
		const at = places[index]?.at;
		if (!by || !at) return;
		event.preventDefault();
		dispatch({
			do: "movePlace",
			id,
			index,
			at: [at[0] + by[0], at[1] + by[1]],
			gesture: `keys place ${id} ${index}`,
		});
	}

	return places.map(({ at }, index) => {
		const [x, y] = [at[0] * width, at[1] * height];
		const head = y < headPx + 16 ? y + headPx : y - headPx;
		const words = { zone: name, n: index + 1, x: (at[0] * 100).toFixed(1), y: (at[1] * 100).toFixed(1) };
		return (
			<g
				key={index}
				className="place-marker"
				role="button"
				tabIndex={0}
				aria-label={t("size.placeLabel", words)}
				data-testid="place-marker"
				onPointerDown={(event) => onDrag(event, index)}
				onKeyDown={(event) => onKey(event, index)}
			>
				<line className="place-stem-edge" x1={x} y1={y} x2={x} y2={head} />
				<line className="place-stem" x1={x} y1={y} x2={x} y2={head} />
				<circle className="place-tip" cx={x} cy={y} r={3} />
				<circle className="zone-hit" cx={x} cy={head} r={18} />
				<circle className="place-head" cx={x} cy={head} r={11} />
				<text x={x} y={head} dy="0.36em">
					{index + 1}
				</text>
			</g>
		);
	});
}
