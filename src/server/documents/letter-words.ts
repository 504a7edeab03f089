import type { AlertAnswer } from "#contract/alerts-api.ts";
import { clockVerdict } from "#core/evidence/clock-verdict.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { duration } from "#core/evidence/written-time.ts";
import { localTime } from "./local-words.ts";
import { colourWord, labelWords, missingWords, photoWords, plateClassWord, roadClassWords } from "./trade-words.ts";

/** Of the letter's table of facts. */
export interface LetterRow {
	readonly label: string;
	readonly value: string;
}

/** Stands on every page of every paper that leaves for an authority. */
export const clueNote = "线索，待审核";

const receiverKinds = { traffic_police: "公安机关交通管理部门", fire_rescue: "消防救援机构" } as const;
const laneKinds = {
	fire_lane: "消防车通道",
	aerial_site: "消防车登高操作场地",
	evacuation_passage: "疏散通道",
	safety_exit: "安全出口",
	hydrant_front: "消火栓前",
	ignore: "其他区域",
} as const;
const steps = { confirmed: "第一步 确认", approved: "第二步 批准" } as const;

export const receiverWords = ({ name, kind }: TransferFacts["receiver"]) => `致：${name}（${receiverKinds[kind]}）`;

export function openingWords({ site, alert }: TransferFacts): string {
	const what = alert.cause === "vehicle" ? "机动车等车辆停放占用" : "堆放物品占用";
	return (
		`${site.name || site.id}的视频监控发现${laneKinds[alert.laneKind]}被${what}，经两人复核，现将线索及佐证材料移交贵单位依法核查处理。` +
		"本函及所附材料是线索，待审核，不是行政处罚决定，也不构成对任何人违法的认定。"
	);
}

/** All facts, in the order in which they are read. Nothing is left empty: what is not known is said so. */
export function letterRows(facts: TransferFacts): readonly LetterRow[] {
	const { alert } = facts;
	const row = (label: string, value: string | null): LetterRow[] => (value === null ? [] : [{ label, value }]);
	return [
		...row("地点", placeWords(facts)),
		...row("摄像机", cameraWords(facts)),
		...row("占用物", thingWords(facts)),
		...row("号牌", alert.cause === "vehicle" ? plateWords(facts) : null),
		...row("时间", timeWords(facts)),
		...row("停留", dwellWords(facts)),
		...row("位置未变", stillnessWords(facts)),
		...row("时钟", clockWords(facts)),
		...row("依据", `${roadClassWords[facts.roadClass]}：${facts.lawBasis.text}`),
		...facts.reviews.flatMap(({ step, by, at, note }) =>
			row(steps[step], `${by} · ${localTime(facts.timeZone, at)}${note ? ` · ${note}` : ""}`),
		),
		...row("缺少的证据", missingEvidence(facts)),
	];
}

function placeWords({ site, alert }: TransferFacts): string {
	return `${site.name || site.id} · ${alert.laneName || alert.laneId}（${laneKinds[alert.laneKind]}，编号 ${alert.laneId}）`;
}

function cameraWords({ alert }: TransferFacts): string {
	const place = alert.evidenceSet?.place;
	return [
		alert.cameraName || alert.cameraId,
		`国标编码 ${place?.gbId || "未登记"}`,
		`方向 ${place?.direction || "未登记"}`,
	].join(" · ");
}

function thingWords({ alert }: TransferFacts): string {
	const { clearance, label } = alert;
	const left = clearance?.widthM ?? null;
	const share = clearance ? `占用监测区域 ${Math.round(clearance.share * 100)}%` : null;
	return [labelWords[label] ?? label, share, left === null ? null : `剩余净宽约 ${left.toFixed(1)} 米`]
		.filter((each) => each !== null)
		.join(" · ");
}

function plateWords({ plate }: TransferFacts): string {
	if (!plate) return "未能辨认";
	const more = [plate.plateClass && plateClassWord(plate.plateClass), plate.colour && colourWord(plate.colour)];
	const unread = plate.text.includes("-") ? ["“-”为未能辨认的字符"] : [];
	return [plate.text, ...more, "经人工确认", ...unread].filter(Boolean).join(" · ");
}

function timeWords({ alert, timeZone }: TransferFacts): string {
	const began = alert.cause === "vehicle" ? "驶入" : "开始堆放";
	const cleared = alert.clearedAt === null ? "尚未清除" : endOf(alert).words(localTime(timeZone, alert.clearedAt));
	return [
		`${began} ${localTime(timeZone, alert.enteredAt)}`,
		`告警 ${localTime(timeZone, alert.raisedAt)}`,
		cleared,
	].join("；");
}

interface End {
	readonly words: (time: string) => string;
	/** Of the dwell. */
	readonly bound: string;
}

/** Only the camera sees it leave. */
const ends: Readonly<Record<NonNullable<AlertAnswer["clearedBy"]>, End>> = {
	camera: { words: (time) => `清除 ${time}`, bound: "" },
	zone_removed: { words: (time) => `${time} 起该处不再监测，何时离开不明`, bound: "至少 " },
	accepted: { words: (time) => `${time} 经人工判定属于此处`, bound: "至少 " },
	lost_track: { words: (time) => `何时离开不明，${time} 再次看到该处`, bound: "不超过 " },
};
const endOf = ({ clearedBy }: AlertAnswer) => ends[clearedBy ?? "camera"];

function dwellWords({ alert, madeAt }: TransferFacts): string {
	if (alert.clearedAt !== null) return endOf(alert).bound + duration(alert.clearedAt - alert.enteredAt);
	return `已 ${duration(madeAt - alert.enteredAt)}，制作本函时仍在原处`;
}

function stillnessWords({ alert }: TransferFacts): string {
	const still = alert.evidenceSet?.stillness;
	if (!still || still.stoodStill === null) return "未能测量";
	const figure = (value: number | null) => (value === null ? "未测得" : value.toFixed(2));
	return [
		`两张全景图间隔 ${duration(still.intervalMs)}，${still.stoodStill ? "未移动" : "不能证明未移动"}`,
		`位置重合 ${figure(still.iou)}（应不低于 ${still.leastIou}）`,
		`外观相似 ${figure(still.similarity)}（应不低于 ${still.leastSimilarity}）`,
	].join(" · ");
}

function clockWords({ alert, timeZone }: TransferFacts): string {
	const clock = alert.evidenceSet?.clock ?? null;
	if (clock === null || clock.offsetMs === null) return "偏差未知";
	const offset = `偏差 ${clock.offsetMs >= 0 ? "+" : ""}${Math.round(clock.offsetMs * 10) / 10} 毫秒`;
	const verdict = clockVerdict(clock) === "right" ? "在 1 秒以内" : "超过 1 秒";
	const readAt = clock.readAt === null ? "" : ` · 读取于 ${localTime(timeZone, clock.readAt)}`;
	return `${offset}，${verdict} · 来源 ${clock.source ?? "未知"}${readAt}`;
}

function missingEvidence({ alert }: TransferFacts): string {
	if (!alert.evidenceSet) return "边缘节点未报告取证清单";
	const missing = alert.evidenceSet.items.filter(({ state }) => state === "missing");
	if (missing.length === 0) return "无";
	return missing
		.map(({ kind, reason }) => `${photoWords[kind]}：${reason ? missingWords[reason] : "原因未知"}`)
		.join("；");
}
