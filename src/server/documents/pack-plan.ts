import type { CallAnswer } from "#contract/drill-packs-api.ts";
import type { FeatureKind } from "#contract/site-cards-api.ts";
import { printCopy } from "./letter-photos.ts";
import { drawSign, stateColours } from "./pack-figures.ts";
import { type Area, type Paper, writeText } from "./paper.ts";

const signColours: Readonly<Record<FeatureKind, string>> = {
	...{ gate: "#0b5cad", bollard: "#8a5300", hydrant: "#b3261e", aerial_site: "#1f6f43" },
};

/** The site's plan with its lanes, each with sign and name, and what stands where; answers the height that it took. */
export async function drawPlan(
	paper: Paper,
	{ plan, lanes, card }: CallAnswer,
	picture: Buffer,
	area: Area,
): Promise<number> {
	if (!plan) return 0;
	const scale = Math.min(area.width / plan.widthPx, area.height / plan.heightPx);
	const [width, height] = [plan.widthPx * scale, plan.heightPx * scale];
	const left = area.x + (area.width - width) / 2;
	const copy = await printCopy(picture, { width, height });
	if (copy) paper.image(copy, left, area.y, { width, height });
	paper.rect(left, area.y, width, height).lineWidth(0.5).stroke("#999");
	const place = ([x, y]: readonly [number, number]) => [left + x * width, area.y + y * height] as const;
	paper.save().rect(left, area.y, width, height).clip();
	for (const { laneId, points } of plan.marks.lanes) {
		const lane = lanes.find((one) => one.laneId === laneId);
		if (!lane) continue;
		for (const [thick, colour] of [
			[5.5, "#fff"],
			[3.5, stateColours[lane.state]],
		] as const) {
			for (const [index, point] of points.map(place).entries())
				if (index === 0) paper.moveTo(point[0], point[1]);
				else paper.lineTo(point[0], point[1]);
			paper.lineWidth(thick).strokeColor(colour).lineCap("round");
			if (lane.state === "unknown" && colour !== "#fff") paper.dash(4, { space: 5 });
			paper.stroke().undash();
		}
	}
	for (const { featureId, at } of plan.marks.features) {
		const feature = card.card.features.find(({ id }) => id === featureId);
		if (feature) drawLabel(paper, feature.name, place(at), signColours[feature.kind], null);
	}
	for (const { laneId, points } of plan.marks.lanes) {
		const lane = lanes.find((one) => one.laneId === laneId);
		const [a, b] = points.slice(Math.floor((points.length - 1) / 2));
		if (lane && a && b)
			drawLabel(paper, lane.name, place([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]), "#17212b", lane.state);
	}
	paper.restore();
	return height;
}

/** A name at a place, on white; with its sign, or a dot of its kind's colour. */
function drawLabel(
	paper: Paper,
	name: string,
	[x, y]: readonly [number, number],
	colour: string,
	state: CallAnswer["lanes"][number]["state"] | null,
): void {
	const width = Math.min(96, paper.fontSize(6.5).widthOfString(name) + 1.5);
	paper
		.roundedRect(x - 6, y - 6, width + 15, 12, 3)
		.fillOpacity(0.88)
		.fill("#fff")
		.fillOpacity(1);
	if (state) drawSign(paper, state, x - 4, y - 4, 8);
	else paper.circle(x, y, 3.5).fill(colour);
	writeText(paper, name, { x: x + 6, y: y - 4.8, width }, { size: 6.5, colour });
}
