import { useTranslation } from "react-i18next";
import type { LiveOverlay } from "#contract/live-api.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDwell } from "../../time/format-duration.ts";
import { scaled } from "./polygon-shape.ts";

interface LiveLayerProps {
	readonly overlay: LiveOverlay;
	/** CSS pixels of the stage. */
	readonly width: number;
	readonly height: number;
}

/** What the worker sees, over picture and zones, never in the way of a pointer. */
export function LiveLayer({ overlay, width, height }: LiveLayerProps) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { at, detections, tracks, stays } = overlay;
	const standing = tracks.flatMap((track) =>
		track.standsSince === null ? [] : [{ ...track, since: track.standsSince }],
	);
	const size = { width, height };
	return (
		<g className="live-layer" aria-hidden="true" data-testid="live-layer">
			{detections.map(({ label, confidence, box }, index) => (
				<g key={index} className="live-detection">
					<BoxShape box={box} {...size} />
					<text x={box.x1 * width + 3} y={box.y1 * height - 4}>
						{t("seen.detection", { label: labelWord(t, label), percent: Math.round(confidence * 100) })}
					</text>
				</g>
			))}
			{standing.map(({ trackId, box, since, missingSince }) => (
				<g key={trackId} className={missingSince === null ? "live-standing" : "live-standing live-missing"}>
					<BoxShape box={box} {...size} />
					<text x={box.x1 * width + 3} y={box.y2 * height + 14}>
						{t("seen.stands", { id: trackId, dwell: formatDwell(at - since, language) })}
					</text>
				</g>
			))}
			{stays
				.filter(({ outline }) => outline.length > 0)
				.map(({ zoneId, outline, since, box }) => (
					<g key={`${zoneId} ${since}`} className="live-goods">
						{outline.map((polygon, index) => (
							<polygon key={index} points={scaled(polygon, width, height)} />
						))}
						<text x={box.x1 * width + 3} y={box.y2 * height + 14}>
							{t("seen.goods", { dwell: formatDwell(at - since, language) })}
						</text>
					</g>
				))}
		</g>
	);
}

interface BoxShapeProps {
	readonly box: LiveOverlay["detections"][number]["box"];
	readonly width: number;
	readonly height: number;
}

function BoxShape({ box: { x1, y1, x2, y2 }, width, height }: BoxShapeProps) {
	return <rect x={x1 * width} y={y1 * height} width={(x2 - x1) * width} height={(y2 - y1) * height} />;
}
