import { type CSSProperties, type Dispatch, type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ZoneBody } from "#contract/zones.ts";
import type { LiveOverlay } from "#contract/live-api.ts";
import type { Point } from "#core/geometry/shapes.ts";
import { ChosenZone } from "./chosen-zone.tsx";
import { DraftZone } from "./draft-zone.tsx";
import { knownPlaces } from "./drawing.ts";
import { LiveLayer } from "./live-layer.tsx";
import { MetreNet } from "./metre-net.tsx";
import { PlaceMarkers } from "./place-markers.tsx";
import { movedBy, scaled, withPointAt } from "./polygon-shape.ts";
import type { EditorAction, EditorState } from "./zone-editor.ts";

interface ZoneCanvasProps {
	readonly src: string;
	/** What the worker sees in this very picture, where it is shown. */
	readonly overlay: LiveOverlay | null;
	readonly alt: string;
	readonly state: EditorState;
	readonly dispatch: Dispatch<EditorAction>;
	readonly onFinish: () => void;
	/** The first click on an empty picture begins a zone. */
	readonly onBegin: () => void;
}

interface Drag {
	readonly from: Point;
	/** What it means to have come so far from there. */
	readonly moved: (by: Point, gesture: string) => EditorAction;
	readonly gesture: string;
}

/** Moved less than this, it was a click. CSS pixels. */
const dragFromPx = 3;
/** How near the first point a click closes the zone. CSS pixels; a finger is not exact. */
const closeWithinPx = 16;

let gestures = 0;

/** The picture with the zones drawn over it, to be changed by mouse, pen, finger or keyboard. */
export function ZoneCanvas({ src, overlay, alt, state, dispatch, onFinish, onBegin }: ZoneCanvasProps) {
	const { t } = useTranslation();
	const stage = useRef<SVGSVGElement>(null);
	const drag = useRef<Drag | null>(null);
	const [shape, setShape] = useState<readonly [number, number]>([16, 9]);
	const [width, height] = useSizeOf(stage);
	const { zones, draft, chosenId } = state;

	const pointAt = ({ clientX, clientY }: PointerEvent): Point => {
		const box = stage.current?.getBoundingClientRect();
		return box ? [(clientX - box.left) / box.width, (clientY - box.top) / box.height] : [0, 0];
	};
	const distancePx = ([x1, y1]: Point, [x2, y2]: Point) => Math.hypot((x1 - x2) * width, (y1 - y2) * height);

	function startDrag(event: PointerEvent, zoneId: string, moved: Drag["moved"]) {
		if (event.button !== 0 || draft) return;
		event.stopPropagation();
		dispatch({ do: "choose", id: zoneId });
		stage.current?.setPointerCapture(event.pointerId);
		drag.current = { from: pointAt(event), moved, gesture: `drag ${gestures++}` };
	}

	/** `point` null: the zone as a whole. */
	function dragZone(event: PointerEvent, { id, polygon }: ZoneBody, point: number | null) {
		const corner = point === null ? undefined : polygon[point];
		startDrag(event, id, ([dx, dy], gesture) => ({
			do: "reshape",
			id,
			polygon:
				point !== null && corner
					? withPointAt(polygon, point, [corner[0] + dx, corner[1] + dy])
					: movedBy(polygon, [dx, dy]),
			gesture,
		}));
	}

	function dragPlace(event: PointerEvent, id: string, index: number, [x, y]: Point) {
		startDrag(event, id, ([dx, dy], gesture) => ({ do: "movePlace", id, index, at: [x + dx, y + dy], gesture }));
	}

	function onPointerMove(event: PointerEvent) {
		if (!drag.current) return;
		const { from, moved, gesture } = drag.current;
		const to = pointAt(event);
		if (distancePx(from, to) >= dragFromPx) dispatch(moved([to[0] - from[0], to[1] - from[1]], gesture));
	}

	function onPointerDown(event: PointerEvent) {
		if (event.button !== 0) return;
		const at = pointAt(event);
		if (draft) {
			const first = draft.points[0];
			if (first && draft.points.length >= 3 && distancePx(first, at) <= closeWithinPx) return onFinish();
			return dispatch({ do: "addPoint", at });
		}
		if (zones.length > 0) return dispatch({ do: "choose", id: null });
		onBegin();
		dispatch({ do: "addPoint", at });
	}

	const chosen = draft ? undefined : zones.find(({ id }) => id === chosenId);
	const places = chosen && chosen.kind !== "ignore" ? knownPlaces(state, chosen) : null;
	return (
		<div className={draft ? "stage stage-drawing" : "stage"} style={stageShape(shape)}>
			<img
				src={src}
				alt={alt}
				draggable={false}
				onLoad={({ currentTarget }) => setShape([currentTarget.naturalWidth, currentTarget.naturalHeight])}
			/>
			<svg
				ref={stage}
				viewBox={`0 0 ${width} ${height}`}
				role="group"
				aria-label={t("zone.editorLabel", { count: zones.length })}
				data-testid="zone-canvas"
				onPointerDown={onPointerDown}
				onPointerMove={onPointerMove}
				onPointerUp={() => {
					drag.current = null;
				}}
				onPointerCancel={() => {
					drag.current = null;
				}}
			>
				{zones
					.filter((zone) => zone !== chosen)
					.map((zone) => (
						<g
							key={zone.id}
							className={`zone zone-${zone.kind}`}
							onPointerDown={(event) => dragZone(event, zone, null)}
						>
							<polygon points={scaled(zone.polygon, width, height)} />
							<ZoneLabel zone={zone} width={width} height={height} />
						</g>
					))}
				{chosen && (
					<ChosenZone
						zone={chosen}
						width={width}
						height={height}
						dispatch={dispatch}
						onDrag={dragZone}
						pointAt={pointAt}
					>
						<MetreNet zone={chosen} width={width} height={height} />
						{!chosen.calibration && <ZoneLabel zone={chosen} width={width} height={height} />}
					</ChosenZone>
				)}
				{chosen && places && (
					<PlaceMarkers
						zone={chosen}
						places={places}
						width={width}
						height={height}
						dispatch={dispatch}
						onDrag={(event, index) => dragPlace(event, chosen.id, index, places[index]?.at ?? [0, 0])}
					/>
				)}
				{overlay && <LiveLayer overlay={overlay} width={width} height={height} />}
				{draft && <DraftZone draft={draft} width={width} height={height} dispatch={dispatch} onFinish={onFinish} />}
			</svg>
		</div>
	);
}

/** As wide as the column and no higher than the window, in the picture's own shape. */
function stageShape([width, height]: readonly [number, number]): CSSProperties {
	return { aspectRatio: `${width} / ${height}`, "--picture-ratio": width / height } as CSSProperties;
}

interface ZoneLabelProps {
	readonly zone: ZoneBody;
	readonly width: number;
	readonly height: number;
}

function ZoneLabel({ zone: { name, polygon }, width, height }: ZoneLabelProps) {
	const x = polygon.reduce((sum, [px]) => sum + px, 0) / polygon.length;
	const y = polygon.reduce((sum, [, py]) => sum + py, 0) / polygon.length;
	return (
		<text x={x * width} y={y * height} aria-hidden="true">
			{name}
		</text>
	);
}

/** CSS pixels; the drawing uses them as its unit, so that handles are as large as a finger on every screen. */
function useSizeOf(element: { readonly current: Element | null }): readonly [number, number] {
	const [size, setSize] = useState<readonly [number, number]>([960, 540]);
	useEffect(() => {
		if (!element.current) return;
		const observer = new ResizeObserver(([entry]) => {
			const box = entry?.contentRect;
			if (box && box.width > 0) setSize([box.width, box.height]);
		});
		observer.observe(element.current);
		return () => observer.disconnect();
	}, [element]);
	return size;
}
