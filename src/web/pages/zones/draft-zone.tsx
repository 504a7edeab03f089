import { type Dispatch, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "#core/geometry/shapes.ts";
import { stepOfKey } from "./key-steps.ts";
import { insidePicture, scaled } from "./polygon-shape.ts";
import type { EditorAction, EditorState } from "./zone-editor.ts";

interface DraftZoneProps {
	readonly draft: NonNullable<EditorState["draft"]>;
	readonly width: number;
	readonly height: number;
	readonly dispatch: Dispatch<EditorAction>;
	readonly onFinish: () => void;
}

/** The zone that is being drawn, and the cross that the keyboard moves: arrows go, Space sets a point, Enter finishes. */
export function DraftZone({ draft: { kind, points }, width, height, dispatch, onFinish }: DraftZoneProps) {
	const { t } = useTranslation();
	const [cross, setCross] = useState<Point>([0.5, 0.5]);
	const handle = useRef<SVGGElement>(null);
	useEffect(() => handle.current?.focus({ preventScroll: true }), [points.length]);

	function onKeyDown(event: KeyboardEvent) {
		const by = event.ctrlKey || event.metaKey ? null : stepOfKey(event.key, event.shiftKey);
		if (by) setCross(([x, y]) => insidePicture([x + by[0], y + by[1]]));
		else if (event.key === " ") dispatch({ do: "addPoint", at: cross });
		else if (event.key === "Backspace") dispatch({ do: "undo" });
		else if (event.key === "Enter") onFinish();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	const [x, y] = [cross[0] * width, cross[1] * height];
	return (
		<g className={`zone zone-${kind} zone-draft`}>
			{points.length >= 3 && <polygon points={scaled(points, width, height)} />}
			<polyline points={scaled(points, width, height)} />
			{points.map(([px, py], index) => (
				<circle
					key={index}
					className={index === 0 && points.length >= 3 ? "zone-dot zone-dot-first" : "zone-dot"}
					cx={px * width}
					cy={py * height}
					r={index === 0 && points.length >= 3 ? 10 : 6}
				/>
			))}
			<g
				ref={handle}
				className="zone-cross"
				role="application"
				tabIndex={0}
				aria-label={`${t("zone.addOn")} ${t("zone.draftPoint", { n: points.length })}`}
				onKeyDown={onKeyDown}
			>
				<path d={`M${x - 12} ${y}h24M${x} ${y - 12}v24`} />
			</g>
		</g>
	);
}
