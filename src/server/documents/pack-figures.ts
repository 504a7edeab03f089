import type { PackPast } from "#contract/drill-packs-api.ts";
import { leastShown } from "#core/drill/free-chance.ts";
import type { CallState } from "#core/drill/call-state.ts";
import { type Area, type Paper, writeText } from "./paper.ts";

/** The darker, the more often occupied; told apart in grey too. */
const heat = ["#f4f6f8", "#fde7c8", "#f7bd7d", "#e58641", "#b9501f", "#6f2410"] as const;
const heatFrom = [0, 0.002, 0.01, 0.03, 0.08, 0.2];
const unknownGround = "#eeecf3";
const unknownInk = "#5b5470";

export const stateColours: Readonly<Record<CallState, string>> = {
	free: "#1f6f43",
	blocked: "#b3261e",
	unknown: unknownInk,
};

/** A circle with a tick, a full square with a bar, a dashed circle with a question mark: told apart without colour. */
export function drawSign(paper: Paper, state: CallState, x: number, y: number, size: number): void {
	const colour = stateColours[state];
	const [middle, r] = [size / 2, size / 2 - 0.6];
	paper.save().lineWidth(1.1).strokeColor(colour).fillColor(colour);
	if (state === "blocked") {
		paper.rect(x, y, size, size).fill();
		paper.rect(x + size * 0.2, y + size * 0.41, size * 0.6, size * 0.18).fill("#fff");
	} else if (state === "free") {
		paper.circle(x + middle, y + middle, r).stroke();
		paper
			.moveTo(x + size * 0.28, y + size * 0.52)
			.lineTo(x + size * 0.44, y + size * 0.68)
			.lineTo(x + size * 0.73, y + size * 0.35)
			.stroke();
	} else {
		paper.dash(1.6, { space: 1.4 });
		paper.circle(x + middle, y + middle, r).stroke();
		paper.undash();
		writeText(paper, "?", { x, y: y + size * 0.02, width: size }, { size: size * 0.66, colour, align: "center" });
	}
	paper.restore();
}

/** Weekday by hour; answers where it ends. */
export function drawHeatMap(paper: Paper, cells: PackPast["cells"], days: readonly string[], area: Area): void {
	const [left, top] = [16, 9];
	const [cellWidth, cellHeight] = [(area.width - left) / 24, (area.height - top) / 7];
	for (let hour = 0; hour < 24; hour += 3) {
		const at = { x: area.x + left + hour * cellWidth, y: area.y, width: 24 };
		writeText(paper, String(hour), at, { size: 6, colour: "#52606e" });
	}
	for (const [index, day] of days.entries()) {
		const at = { x: area.x, y: area.y + top + index * cellHeight + (cellHeight - 8) / 2, width: left - 2 };
		writeText(paper, day, at, { size: 6, colour: "#52606e" });
	}
	for (const [index, { occupiedMs, freeMs, unknownMs }] of cells.entries()) {
		const x = area.x + left + (index % 24) * cellWidth + 0.4;
		const y = area.y + top + Math.floor(index / 24) * cellHeight + 0.4;
		const box = { x, y, width: cellWidth - 0.8, height: cellHeight - 0.8 };
		const known = occupiedMs + freeMs;
		if (unknownMs > 0 && unknownMs >= known) drawHatched(paper, box);
		else if (known > 0) {
			const share = occupiedMs / known;
			const step = heatFrom.findLastIndex((from, at) => share >= from && (at === 0 || share > 0));
			paper.rect(box.x, box.y, box.width, box.height).fill(heat[step] ?? heat[0]);
		}
		paper.rect(box.x, box.y, box.width, box.height).lineWidth(0.25).stroke("#c4ccd4");
	}
}

/** The chance at each hour with its interval; the hour that is asked for stands out. */
export function drawChances(paper: Paper, byHour: PackPast["byHour"], asked: number, area: Area): void {
	const [left, bottom] = [30, 11];
	const [step, inner] = [(area.width - left) / 24, area.height - bottom];
	const least = leastShown(byHour);
	const yOf = (share: number) => area.y + ((1 - share) / (1 - least)) * inner;
	for (const share of [least, (1 + least) / 2, 1]) {
		paper.lineWidth(0.4).strokeColor("#c4ccd4");
		paper
			.moveTo(area.x + left, yOf(share))
			.lineTo(area.x + area.width, yOf(share))
			.stroke();
		const at = { x: area.x, y: yOf(share) - 5, width: left - 4 };
		writeText(paper, `${Math.round(share * 100)}%`, at, { size: 6.5, colour: "#52606e", align: "right" });
	}
	for (const [hour, { chance, low, high }] of byHour.entries()) {
		const x = area.x + left + hour * step;
		if (hour === asked) paper.rect(x, area.y, step, inner).fillOpacity(0.35).fill("#cfe3f7").fillOpacity(1);
		if (chance === null) drawHatched(paper, { x: x + step * 0.2, y: area.y, width: step * 0.6, height: inner });
		else {
			paper.rect(x + step * 0.3, yOf(high), step * 0.4, Math.max(1, yOf(low) - yOf(high))).fill("#9dc3e8");
			paper.circle(x + step / 2, yOf(chance), 2).fill("#0b3f7a");
		}
		writeText(paper, String(hour), { x, y: area.y + inner + 1, width: step }, { size: 6, align: "center" });
	}
}

function drawHatched(paper: Paper, { x, y, width, height }: Area): void {
	paper.save().rect(x, y, width, height).fill(unknownGround);
	paper.rect(x, y, width, height).clip().lineWidth(0.5).strokeColor(unknownInk);
	for (let at = -height; at < width; at += 3) {
		paper
			.moveTo(x + at, y + height)
			.lineTo(x + at + height, y)
			.stroke();
	}
	paper.restore();
}
