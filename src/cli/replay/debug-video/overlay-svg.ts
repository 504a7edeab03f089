import type { LaneState } from "#core/occupancy/types.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import type { Overlay, OverlayStay, OverlayTrack, OverlayZone } from "../../../../edge/evidence/overlay.ts";
import { clock } from "../clock.ts";

/** Size of the picture that is drawn over, in pixels, and of the strip of words below it. */
export interface Sheet {
	readonly width: number;
	readonly height: number;
	readonly stripHeight: number;
	readonly lineHeight: number;
}

const colours: Readonly<Record<LaneState, string>> = {
	clear: "#3fb950",
	pending: "#e3b341",
	occupied: "#ff5a4f",
	clearing: "#58a6ff",
	unknown: "#b1bac4",
};
const maskColour = "#6e7681";
const goodsColour = "#ff7ae0";

/** One line for the look itself and one for each zone that is watched; masks have nothing to say. */
export function sheetFor(width: number, height: number, watchedZones: number): Sheet {
	const lineHeight = Math.max(16, Math.round(height / 34));
	const lines = watchedZones + 1;
	const evenly = (height + lines * lineHeight + 8) % 2;
	return { width, height, lineHeight, stripHeight: lines * lineHeight + 8 + evenly };
}

/** Everything that is drawn, on nothing: to be laid over the picture. Latin words, for which every font serves. */
export function overlaySvg(overlay: Overlay, sheet: Sheet): string {
	const { width, height, stripHeight } = sheet;
	const draw = new Pen(sheet);
	const shapes = [
		...overlay.zones.map((zone) => draw.zone(zone)),
		...overlay.detections.map(({ label, confidence, box }) => draw.detection(box, `${label} ${confidence.toFixed(2)}`)),
		...overlay.things.map((outline) => draw.thing(outline)),
		...overlay.tracks.map((track) => draw.track(track, overlay.at)),
		...overlay.stays.map((stay) => draw.outline(stay)),
		...draw.strip(overlay),
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + stripHeight}" font-family="DejaVu Sans, Liberation Sans, Noto Sans, sans-serif">${shapes.join("")}</svg>`;
}

class Pen {
	readonly #sheet: Sheet;
	readonly #fontSize: number;

	constructor(sheet: Sheet) {
		this.#sheet = sheet;
		this.#fontSize = Math.round(sheet.lineHeight * 0.72);
	}

	zone({ zoneId, polygon, state }: OverlayZone): string {
		const colour = state ? colours[state] : maskColour;
		const dashes = state ? "" : ' stroke-dasharray="8 6"';
		const [x, y] = polygon.reduce((lowest, point) => (point[1] > lowest[1] ? point : lowest));
		const words = state ? `${zoneId} ${state}` : `${zoneId} ignored`;
		return (
			this.#shape(polygon, `stroke="${colour}" stroke-width="3"${dashes}`) + this.#label(x, y, words, colour, "below")
		);
	}

	detection(box: Box, words: string): string {
		return this.#rect(box, 'stroke="#ffffff" stroke-width="1.5"') + this.#label(box.x1, box.y1, words, "#ffffff");
	}

	/** Below its box, where the model's own words are not. */
	track({ trackId, box, standsSince, missingSince, alike }: OverlayTrack, at: number): string {
		const stands = standsSince === null ? "moves" : `stands ${seconds(at - standsSince)} since ${clock(standsSince)}`;
		const missing = missingSince === null ? "" : `, not seen ${seconds(at - missingSince)}`;
		const looks = alike === null ? "" : ` ~${alike.toFixed(2)}`;
		const colour = standsSince === null ? "#79c0ff" : "#ffa657";
		const dashes = missingSince === null ? "" : ' stroke-dasharray="4 4"';
		const frame = standsSince === null ? "" : this.#rect(box, `stroke="${colour}" stroke-width="3"${dashes}`);
		return frame + this.#label(box.x1, box.y2, `#${trackId} ${stands}${missing}${looks}`, colour, "below");
	}

	/** Dotted: it lies there; filled and named by `outline` where it counts. */
	thing(outline: Polygon): string {
		return this.#shape(outline, `stroke="${goodsColour}" stroke-width="1.5" stroke-dasharray="2 4"`);
	}

	outline({ outline, cause, label, since, box }: OverlayStay): string {
		if (cause === "vehicle" && outline.length === 0) return "";
		const style = `stroke="${goodsColour}" stroke-width="2.5" fill-opacity="0.3"`;
		const shapes = outline.map((polygon) => this.#shape(polygon, style, goodsColour));
		return shapes.join("") + this.#label(box.x1, box.y2, `${label} since ${clock(since)}`, goodsColour, "below");
	}

	strip({ at, view, zones, detections, tracks }: Overlay): string[] {
		const { width, height, stripHeight } = this.#sheet;
		const watched = zones.filter(({ state }) => state !== null);
		const lines = [
			{
				words: `${clock(at)}   ${detections.length} detections, ${tracks.length} tracks   ·   view ${viewWords(view)}`,
				colour: view.fit ? "#ffffff" : colours.pending,
			},
			...watched.map((zone) => ({ words: zoneLine(zone, at), colour: colours[zone.state ?? "unknown"] })),
		];
		return [
			`<rect x="0" y="${height}" width="${width}" height="${stripHeight}" fill="#0d1117"/>`,
			...lines.map(({ words, colour }, index) => this.#line(words, colour, index)),
		];
	}

	#line(words: string, colour: string, index: number): string {
		const { height, lineHeight } = this.#sheet;
		const baseline = height + 4 + (index + 0.78) * lineHeight;
		return `<text x="10" y="${baseline}" font-size="${this.#fontSize}" fill="${colour}" xml:space="preserve">${escaped(words)}</text>`;
	}

	#shape(polygon: Polygon, style: string, fill = "none"): string {
		const { width, height } = this.#sheet;
		const points = polygon.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join(" ");
		return `<polygon points="${points}" fill="${fill}" ${style}/>`;
	}

	#rect({ x1, y1, x2, y2 }: Box, style: string): string {
		const corners: Polygon = [
			[x1, y1],
			[x2, y1],
			[x2, y2],
			[x1, y2],
		];
		return this.#shape(corners, style);
	}

	/** Words on a dark ground at a point of the picture, pushed inwards where they would leave it. */
	#label(x: number, y: number, words: string, colour: string, side: "above" | "below" = "above"): string {
		const { width, height } = this.#sheet;
		const size = this.#fontSize;
		const wide = words.length * size * 0.6 + 6;
		const left = Math.max(0, Math.min(x * width, width - wide));
		const top = Math.max(0, Math.min(y * height - (side === "above" ? size + 5 : -2), height - size - 5));
		return (
			`<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${wide.toFixed(1)}" height="${size + 4}" fill="#000" fill-opacity="0.6"/>` +
			`<text x="${(left + 3).toFixed(1)}" y="${(top + size).toFixed(1)}" font-size="${size}" fill="${colour}">${escaped(words)}</text>`
		);
	}
}

function viewWords({ fit, reason, since }: Overlay["view"]): string {
	if (fit) return "good";
	return `${reason ?? "doubtful"}${since === null ? "" : ` since ${clock(since)}`}`;
}

/** `lane-1 occupied 12.0 s since 0:18.0 · car entered 0:18.0, raised 0:23.0` */
function zoneLine({ zoneId, state, since, reason, open }: OverlayZone, at: number): string {
	const why = reason ? ` (${reason})` : "";
	const head = `${zoneId}   ${state}${why} ${seconds(at - since)}, since ${clock(since)}`;
	if (!open) return head;
	const { label, cause, enteredAt, raisedAt } = open;
	const goneAt = state === "clearing" ? since : at;
	return `${head}   ·   ${cause} ${label}: entered ${clock(enteredAt)}, raised ${clock(raisedAt)}, dwell ${seconds(goneAt - enteredAt)}`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const escaped = (words: string) => words.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
