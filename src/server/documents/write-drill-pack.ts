import type { CallLane, DrillPackAnswer, PackPast } from "#contract/drill-packs-api.ts";
import type { SiteFeature } from "#contract/site-cards-api.ts";
import { wallTime } from "#core/evidence/written-time.ts";
import { type packLanguages, type Say, wordsIn } from "./drill-pack-words.ts";
import { drawChances, drawHeatMap, drawSign, stateColours } from "./pack-figures.ts";
import { drawLaneTable } from "./pack-lane-table.ts";
import { drawPlan } from "./pack-plan.ts";
import { bytesOf, onEachPage, openPaper, type Paper, writeText } from "./paper.ts";
import { labelWords } from "./trade-words.ts";

export interface PackToWrite {
	readonly pack: DrillPackAnswer;
	readonly language: keyof typeof packLanguages;
	/** What is asked for: the chance at this hour. */
	readonly hour: number;
	/** Null: there is none. */
	readonly plan: Buffer | null;
	/** Small pictures, by lane. */
	readonly pictures: ReadonlyMap<string, Buffer>;
}

const page = { width: 595.28, height: 841.89 };
const side = 34;
const inner = { x: side, width: page.width - 2 * side };
const footAt = page.height - 28;
const soft = "#52606e";
/** So many pages are read before a drill; what finds no room is told, and stands on the page in the browser. */
const mostPages = 6;

/** Where writing goes on: a page is begun where the one before is full. */
class Flow {
	y = 0;
	readonly paper: Paper;
	#pages = 0;

	constructor(paper: Paper) {
		this.paper = paper;
		this.newPage();
	}

	newPage(): void {
		this.paper.addPage();
		this.#pages += 1;
		this.y = 32;
	}

	/** False: there is no room left in the whole paper. */
	make(height: number): boolean {
		if (this.y + height <= footAt - 8) return true;
		if (this.#pages >= mostPages) return false;
		this.newPage();
		return true;
	}

	text(words: string, size = 9, more: { colour?: string; lines?: number; gap?: number } = {}): void {
		const { gap = 2, ...style } = more;
		this.make(size * 1.6);
		this.y += writeText(this.paper, words, { ...inner, y: this.y }, { size, lines: 4, ...style }) + gap;
	}

	head(words: string): void {
		this.make(70);
		this.y += 6;
		this.text(words, 12.5, { gap: 3 });
	}
}

/** 演练准备包: PDF, A4, six pages at most. No plate stands in it, and its pictures are too small for one. */
export async function writeDrillPack(asked: PackToWrite): Promise<Buffer> {
	const { pack, language } = asked;
	const say = wordsIn(language);
	const { call, timeZone } = pack;
	const paper = openPaper({ size: "A4", title: `${say("title")} ${call.siteName}`, madeAt: call.now });
	const flow = new Flow(paper);
	flow.text(`${call.siteName}  ${say("title")}`, 19, { lines: 2, gap: 0 });
	flow.text(`${call.address}　${say("madeAt")} ${wallTime(timeZone, call.now)}`, 9.5, { colour: soft });
	writeWays(flow, asked, say);
	await writePlan(flow, asked, say);
	writeOpen(flow, asked, say);
	writeContacts(flow, asked, say);
	flow.newPage();
	flow.head(say("lanes"));
	drawLaneTable(flow, pack, say);
	await writePictures(flow, asked, say);
	writeFeatures(flow, asked, say);
	flow.newPage();
	writePast(flow, asked, say);
	onEachPage(paper, (number, of) => {
		const foot = `${call.siteName} · ${wallTime(timeZone, call.now)} · ${say("noPlates")} · ${say("page", { a: number, b: of })}`;
		writeText(paper, foot, { ...inner, y: footAt }, { size: 7.5, colour: soft, align: "center" });
	});
	return bytesOf(paper);
}

function writeWays(flow: Flow, { pack: { call } }: PackToWrite, say: Say): void {
	const { paper } = flow;
	const nameOf = (id: string) => call.lanes.find(({ laneId }) => laneId === id)?.name ?? id;
	const saysWays = call.card.card.lanes.some(({ entry }) => entry !== "none");
	for (const { way, state, laneIds } of call.ways) {
		flow.make(40);
		drawSign(paper, state, inner.x, flow.y + 2, 15);
		const at = { x: inner.x + 21, y: flow.y - 1, width: inner.width - 21 };
		const title = `${say(way)}${say("colon")}${say(state)}`;
		flow.y += writeText(paper, title, at, { size: 13, colour: stateColours[state] });
		const said = way === "best" ? call.card.card.bestEntry : call.card.card.otherEntry;
		const by = laneIds.length === 0 ? "" : `${say("onWay")} ${laneIds.map(nameOf).join("、")}`;
		for (const words of [said, by, way === "best" && !saysWays ? say("wayByDefault") : ""]) {
			if (words === "") continue;
			flow.y += writeText(paper, words, { ...at, y: flow.y }, { size: 9, lines: 3 });
		}
		flow.y += 5;
	}
}

async function writePlan(flow: Flow, { pack, plan }: PackToWrite, say: Say): Promise<void> {
	flow.head(say("plan"));
	if (plan === null || pack.call.plan === null) return flow.text(say("planNone"), 9, { colour: soft });
	const area = { ...inner, y: flow.y, height: Math.min(330, footAt - 210 - flow.y) };
	flow.y += (await drawPlan(flow.paper, pack.call, plan, area)) + 6;
}

function writeOpen(flow: Flow, { pack: { call, timeZone, lanes } }: PackToWrite, say: Say): void {
	flow.head(say("open"));
	const open = call.lanes.filter(({ obstruction }) => obstruction !== null);
	if (open.length === 0) flow.text(say("openNone"), 9);
	for (const lane of open) flow.text(`${lane.name}${say("colon")}${obstructionWords(lane, timeZone, say) ?? ""}`);
	const repeated = lanes.filter(({ isRepeatSpot }) => isRepeatSpot).sort((a, b) => b.alerts30Days - a.alerts30Days);
	const nameOf = (id: string) => call.lanes.find(({ laneId }) => laneId === id)?.name ?? id;
	const spots = repeated.map(({ laneId, alerts30Days }) => say("times", { lane: nameOf(laneId), count: alerts30Days }));
	flow.text(`${say("repeat")}${say("colon")}${spots.join("、") || say("repeatNone")}`);
}

/** What stands there and since when, as papers call it; null where nothing is known to. */
export function obstructionWords({ obstruction }: CallLane, timeZone: string, say: Say): string | null {
	if (!obstruction) return null;
	const time = wallTime(timeZone, obstruction.enteredAt).slice(5, 16);
	const what = say("colon") === "：" ? (labelWords[obstruction.label] ?? obstruction.label) : obstruction.label;
	return say("occupiedSince", { what, time });
}

function writeContacts(flow: Flow, { pack: { call } }: PackToWrite, say: Say): void {
	flow.head(say("contacts"));
	const { card, party } = call.card;
	if (party) flow.text(`${say("party")}${say("colon")}${party.name}`);
	const contacts = [...card.contacts, ...(party?.contacts ?? [])];
	for (const { name, duty, phone } of contacts.slice(0, 8)) flow.text([name, duty, phone].filter(Boolean).join("　"));
	if (contacts.length === 0 && !party) flow.text(say("featuresNone"), 9, { colour: soft });
}

async function writePictures(flow: Flow, { pack: { call, timeZone }, pictures }: PackToWrite, say: Say): Promise<void> {
	flow.head(say("pictures"));
	const [columns, gap, height] = [4, 8, 70];
	const width = (inner.width - gap * (columns - 1)) / columns;
	const rowHeight = height + 26;
	for (let first = 0; first < call.lanes.length; first += columns) {
		if (!flow.make(rowHeight)) return flow.text(say("more", { count: call.lanes.length - first }));
		for (const [index, lane] of call.lanes.slice(first, first + columns).entries()) {
			const x = inner.x + index * (width + gap);
			flow.paper.rect(x, flow.y, width, height).fill("#eef1f4");
			const jpeg = pictures.get(lane.laneId);
			if (jpeg) flow.paper.image(jpeg, x, flow.y, { fit: [width, height], align: "center", valign: "center" });
			else {
				const at = { x, y: flow.y + height / 2 - 6, width };
				writeText(flow.paper, say("noPicture"), at, { size: 8, colour: soft, align: "center" });
			}
			drawSign(flow.paper, lane.state, x, flow.y + height + 2.5, 8);
			writeText(flow.paper, lane.name, { x: x + 11, y: flow.y + height + 1, width: width - 11 }, { size: 7.5 });
			const time =
				lane.pictureAt === null || !jpeg
					? say("noPicture")
					: say("pictureAt", { time: wallTime(timeZone, lane.pictureAt).slice(5) });
			writeText(flow.paper, time, { x, y: flow.y + height + 12, width }, { size: 6.5, colour: soft });
		}
		flow.y += rowHeight;
	}
}

function writeFeatures(flow: Flow, { pack: { call } }: PackToWrite, say: Say): void {
	const { features } = call.card.card;
	flow.head(say("features"));
	if (features.length === 0) return flow.text(say("featuresNone"), 9, { colour: soft });
	const laneName = (id: string | null) => call.lanes.find(({ laneId }) => laneId === id)?.name ?? "";
	for (const [index, feature] of features.entries()) {
		if (!flow.make(13)) return flow.text(say("more", { count: features.length - index }));
		const words = [`${say(feature.kind)} ${feature.name}`, laneName(feature.laneId), ...factsOf(feature, say)];
		flow.text(words.filter(Boolean).join(" · "), 8.5, { lines: 2, gap: 1 });
	}
}

function factsOf(feature: SiteFeature, say: Say): string[] {
	const { widthM, heightM, lengthM, keeping, isFixed, keyHolder, clearZone, note } = feature;
	const metres = (word: "w" | "h" | "l", m: number | null) => (m === null ? "" : `${say(word)} ${m} ${say("metres")}`);
	return [
		...[metres("l", lengthM), metres("w", widthM), metres("h", heightM)],
		keeping ? say(`keep_${keeping}`) : "",
		isFixed === null ? "" : say(isFixed ? "fixed" : "removable"),
		clearZone ? say(`zone_${clearZone}`) : "",
		keyHolder === "" ? "" : `${say("key")}${say("colon")}${keyHolder}`,
		note,
	];
}

const dayWords = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** Rounded down: what is not quite certain is never told as 100 %. */
const percent = (share: number | null) => (share === null ? "—" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`);

function writePast(flow: Flow, { pack, hour }: PackToWrite, say: Say): void {
	flow.head(say("history"));
	flow.text(say("legend"), 8, { colour: soft });
	for (const { way, past } of pack.ways) {
		writeMaps(flow, say("whole", { name: say(way) }), past, 92, say);
		writeChance(flow, past, hour, say);
	}
	for (const [index, { laneId, past }] of pack.lanes.entries()) {
		const name = pack.call.lanes.find((lane) => lane.laneId === laneId)?.name ?? laneId;
		if (!flow.make(98)) return flow.text(say("more", { count: pack.lanes.length - index }));
		writeMaps(flow, name, past, 62, say);
	}
}

/** 30 days beside 90 days. */
function writeMaps(flow: Flow, name: string, past: readonly PackPast[], height: number, say: Say): void {
	if (!flow.make(height + 36)) return;
	flow.text(name, 9.5, { gap: 0 });
	const width = (inner.width - 16) / 2;
	for (const [index, { days, cells, total }] of past.entries()) {
		const x = inner.x + index * (width + 16);
		const whole = total.freeMs + total.occupiedMs + total.unknownMs || 1;
		const [free, occupied, unknown] = [total.freeMs, total.occupiedMs, total.unknownMs].map((ms) =>
			percent(ms / whole),
		);
		const shares = say("shares", { free: free ?? "", occupied: occupied ?? "", unknown: unknown ?? "" });
		const words = `${say(days === 30 ? "days30" : "days90")}${say("colon")}${shares}`;
		writeText(flow.paper, words, { x, y: flow.y, width }, { size: 7.5, colour: soft });
		const area = { x, y: flow.y + 12, width, height };
		drawHeatMap(
			flow.paper,
			cells,
			dayWords.map((word) => say(word)),
			area,
		);
	}
	flow.y += height + 18;
}

/** Of a way, over 90 days: each hour, the one that is asked for in words, the worst. */
function writeChance(flow: Flow, past: readonly PackPast[], hour: number, say: Say): void {
	const longest = past.find(({ days }) => days === 90);
	const at = longest?.byHour[hour];
	if (!longest || !at || !flow.make(150)) return;
	flow.text(say("chance"), 8, { colour: soft });
	drawChances(flow.paper, longest.byHour, hour, { ...inner, y: flow.y + 2, height: 84 });
	flow.y += 92;
	const next = hour + 1;
	const words =
		at.chance === null
			? say("chanceNone", { hour, next })
			: say("chanceAt", {
					...{ hour, next, chance: percent(at.chance), low: percent(at.low), high: percent(at.high) },
					...{ days: at.days, effective: at.effectiveDays.toFixed(1), unknown: percent(at.unknownShare) },
				});
	flow.text(words, 9, { lines: 3 });
	const worst = longest.worstHours.map(
		(each) => `${each}:00–${each + 1}:00 ${percent(longest.byHour[each]?.chance ?? null)}`,
	);
	flow.text(`${say("worst")}${say("colon")}${worst.join("、") || say("worstNone")}`, 9);
	flow.text(say("source"), 7.5, { colour: soft, gap: 6 });
}
