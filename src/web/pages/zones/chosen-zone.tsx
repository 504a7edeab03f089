import type { Dispatch, KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import type { Point } from "#core/geometry/shapes.ts";
import { stepOfKey } from "./key-steps.ts";
import { middleOf, movedBy, scaled, withoutPoint, withPointAt, withPointInserted } from "./polygon-shape.ts";
import type { EditorAction } from "./zone-editor.ts";

interface ChosenZoneProps {
	readonly zone: ZoneBody;
	readonly width: number;
	readonly height: number;
	readonly dispatch: Dispatch<EditorAction>;
	/** `point` null: the zone as a whole. */
	readonly onDrag: (event: PointerEvent, zone: ZoneBody, point: number | null) => void;
	readonly pointAt: (event: PointerEvent) => Point;
	readonly children: ReactNode;
}

/** The zone that is being changed: its corners, and its edges, which take new corners. */
export function ChosenZone({ zone, width, height, dispatch, onDrag, pointAt, children }: ChosenZoneProps) {
	const { t } = useTranslation();
	const { id, polygon, kind, name } = zone;
	const next = (index: number) => polygon[(index + 1) % polygon.length] ?? [0, 0];

	function insert(event: PointerEvent, after: number, at: Point) {
		if (event.button !== 0) return;
		event.stopPropagation();
		const changed = withPointInserted(polygon, after, at);
		dispatch({ do: "reshape", id, polygon: changed });
		// It can be dragged on at once.
		onDrag(event, { ...zone, polygon: changed.map(([x, y]) => [x, y]) }, after + 1);
	}

	function onPointKey(event: KeyboardEvent, index: number, [x, y]: Point) {
		if (event.ctrlKey || event.metaKey) return;
		const by = stepOfKey(event.key, event.shiftKey);
		if (by) {
			dispatch({
				do: "reshape",
				id,
				polygon: withPointAt(polygon, index, [x + by[0], y + by[1]]),
				gesture: `keys ${id} ${index}`,
			});
		} else if (event.key === "Delete" || event.key === "Backspace") {
			dispatch({ do: "reshape", id, polygon: withoutPoint(polygon, index) });
		} else if (event.key === "+" || event.key === "Insert") {
			dispatch({ do: "reshape", id, polygon: withPointInserted(polygon, index, middleOf([x, y], next(index))) });
		} else return;
		event.preventDefault();
	}

	function onZoneKey(event: KeyboardEvent) {
		const by = event.ctrlKey || event.metaKey ? null : stepOfKey(event.key, event.shiftKey);
		if (by) dispatch({ do: "reshape", id, polygon: movedBy(polygon, by), gesture: `keys ${id}` });
		else if (event.key === "Delete") dispatch({ do: "remove", id });
		else return;
		event.preventDefault();
	}

	return (
		<g className={`zone zone-${kind} zone-chosen`}>
			<polygon
				points={scaled(polygon, width, height)}
				role="button"
				tabIndex={0}
				aria-label={t("zone.moveZone", { zone: name })}
				onPointerDown={(event) => onDrag(event, zone, null)}
				onKeyDown={onZoneKey}
			/>
			{children}
			{polygon.map(([x, y], index) => {
				const [x2, y2] = next(index);
				return (
					<line
						key={index}
						className="zone-edge"
						x1={x * width}
						y1={y * height}
						x2={x2 * width}
						y2={y2 * height}
						aria-hidden="true"
						data-testid="zone-edge"
						onPointerDown={(event) => insert(event, index, pointAt(event))}
					/>
				);
			})}
			{polygon.map((point, index) => {
				const [x, y] = middleOf(point, next(index));
				return (
					<g
						key={index}
						className="zone-middle"
						aria-hidden="true"
						onPointerDown={(event) => insert(event, index, [x, y])}
					>
						<circle className="zone-hit" cx={x * width} cy={y * height} r={13} />
						<circle className="zone-middle-dot" cx={x * width} cy={y * height} r={4} />
					</g>
				);
			})}
			{polygon.map((point, index) => {
				const [x, y] = point;
				const words = { zone: name, n: index + 1, x: (x * 100).toFixed(1), y: (y * 100).toFixed(1) };
				return (
					<g
						key={index}
						className="zone-point"
						role="button"
						tabIndex={0}
						aria-label={t("zone.pointLabel", words)}
						data-testid="zone-point"
						onPointerDown={(event) => onDrag(event, zone, index)}
						onKeyDown={(event) => onPointKey(event, index, point)}
					>
						<circle className="zone-hit" cx={x * width} cy={y * height} r={18} />
						<circle className="zone-dot" cx={x * width} cy={y * height} r={7} />
					</g>
				);
			})}
		</g>
	);
}
