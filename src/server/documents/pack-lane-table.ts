import type { CallLane, DrillPackAnswer } from "#contract/drill-packs-api.ts";
import type { LaneCard, SiteCardAnswer } from "#contract/site-cards-api.ts";
import { wallTime } from "#core/evidence/written-time.ts";
import type { PackWord, Say } from "./drill-pack-words.ts";
import { drawSign, stateColours } from "./pack-figures.ts";
import { type Paper, writeText } from "./paper.ts";

interface Flowing {
	readonly paper: Paper;
	y: number;
	make(height: number): boolean;
	text(words: string, size?: number): void;
}

const columns: readonly (readonly [word: PackWord, x: number, width: number])[] = [
	...([
		["lane", 34, 112],
		["now", 150, 128],
		["width", 282, 40],
		["height", 326, 40],
		["radius", 370, 44],
		["measured", 418, 48],
		["lastDrill", 470, 91],
	] as const),
];

/** One row a lane: as it is now, as built, as measured where it is calibrated, and what the last drill found. */
export function drawLaneTable(flow: Flowing, { call, timeZone }: DrillPackAnswer, say: Say): void {
	const { paper } = flow;
	for (const [word, x, width] of columns)
		writeText(paper, say(word), { x, y: flow.y, width }, { size: 8, colour: "#52606e" });
	flow.y += 13;
	for (const [index, lane] of call.lanes.entries()) {
		if (!flow.make(26)) return flow.text(say("more", { count: call.lanes.length - index }));
		const card = call.card.card.lanes.find(({ laneId }) => laneId === lane.laneId);
		const about = call.card.lanes.find(({ laneId }) => laneId === lane.laneId);
		paper
			.moveTo(34, flow.y - 2)
			.lineTo(561, flow.y - 2)
			.lineWidth(0.4)
			.stroke("#c4ccd4");
		drawSign(paper, lane.state, 150, flow.y + 1, 9);
		const cells = [
			...[
				card?.note ? `${lane.name}（${card.note}）` : lane.name,
				nowWords(lane, timeZone, say),
				metres(card?.widthM, say),
			],
			...[heightWords(card, say), metres(card?.turningRadiusM, say), measuredWords(lane, say)],
			drillWords(about?.lastDrill ?? null, timeZone, say),
		];
		let height = 0;
		for (const [at, [word, x, width]] of columns.entries()) {
			const left = word === "now" ? 13 : 0;
			const colour = word === "now" ? stateColours[lane.state] : "#000";
			const area = { x: x + left, y: flow.y, width: width - left };
			height = Math.max(height, writeText(paper, cells[at] ?? "", area, { size: 8, lines: 3, colour }));
		}
		flow.y += height + 5;
	}
}

function nowWords({ state, reason, obstruction }: CallLane, timeZone: string, say: Say): string {
	if (reason === null) return say(state);
	const since = obstruction ? ` ${wallTime(timeZone, obstruction.enteredAt).slice(5, 16)}` : "";
	return `${say(state)}${say("colon")}${say(`reason_${reason}`)}${since}`;
}

const metres = (m: number | null | undefined, say: Say) =>
	m === null || m === undefined ? "—" : `${m} ${say("metres")}`;

const heightWords = (card: LaneCard | undefined, say: Say) =>
	card?.isOpenAbove ? say("unlimited") : metres(card?.heightM, say);

/** Metres where it is calibrated alone, rounded down, and while it can be seen. */
function measuredWords({ clearance, laneState }: CallLane, say: Say): string {
	if (laneState === "unknown") return say("unknown");
	if (!clearance || clearance.widthM === null) return say("notCalibrated");
	return metres(Math.floor(clearance.widthM * 10 + 1e-6) / 10, say);
}

function drillWords(last: SiteCardAnswer["lanes"][number]["lastDrill"], timeZone: string, say: Say): string {
	if (!last) return say("never");
	return `${wallTime(timeZone, last.at).slice(0, 10)} ${say(last.result)}${last.why === "" ? "" : `${say("colon")}${last.why}`}`;
}
