import { createHash } from "node:crypto";
import type { ClockReading } from "#contract/clock.ts";
import type { EvidencePlace } from "#contract/evidence-set.ts";
import type { StayPlateBody } from "#contract/stay-plate.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import { defaultRoadClass, lawBasisOf } from "#core/evidence/law-basis.ts";
import { duration, wallTimeToMs, zoneOffset } from "#core/evidence/written-time.ts";

/** What a picture's copy says of it. Everything also stands in the evidence set and the manifest. */
export interface PictureFacts {
	readonly kind: EvidenceKind;
	readonly alertId: string;
	readonly cameraId: string;
	readonly zoneId: string;
	readonly enteredAt: number;
	/** Null while it stands there. */
	readonly clearedAt: number | null;
	readonly capturedAt: number;
	readonly place: EvidencePlace | null;
	readonly clock: ClockReading;
	/** Of the original. */
	readonly sha256: string;
	/** What the vehicle's plate reads as, where the picture is its close-up. */
	readonly plate?: StayPlateBody | null;
}

const kindWords: Partial<Record<EvidenceKind, string>> = {
	panorama_entry: "全景图一（驶入）",
	panorama_confirmed: "全景图二（确认）",
	panorama_cleared: "全景图（清障后）",
	reference: "堆物前空通道",
	outline: "堆物轮廓图",
	plate: "号牌特写",
};

/** The lines, and the anti-tamper code that ends the last of them. */
export function overlayWords(facts: PictureFacts): { lines: string[]; code: string } {
	const { place, alertId, cameraId, zoneId, kind } = facts;
	const timeZone = place?.timeZone ?? "UTC";
	const where = [place?.siteName ?? place?.siteId, place?.laneName, zoneId].filter(Boolean).join(" · ");
	const camera = [
		place?.cameraName ?? cameraId,
		`国标编码 ${place?.gbId ?? "未登记"}`,
		`方向 ${place?.direction ?? "未登记"}`,
	].join(" · ");
	const lines = [
		`${localTime(timeZone, facts.capturedAt)}  ${kindWords[kind] ?? kind}`,
		`地点 ${where}`,
		`摄像机 ${camera}`,
		`告警 ${alertId} · ${dwellWords(facts)}`,
		...plateLines(facts.plate ?? null),
		`依据 ${lawBasisOf(place?.roadClass ?? defaultRoadClass).text} · 线索，待审核`,
	];
	const clock = clockWords(facts.clock);
	const code = tamperCode([...lines, clock], facts.sha256);
	return { lines: [...lines, `${clock} · 防伪码 ${code}`], code };
}

/**
 * The first 8 digits of the original's SHA-256, then the first 8 of the SHA-256 of all words (lines joined by a line feed,
 * the last without the code) followed by a line feed and the whole digest of the original: who changes a word or takes
 * another picture needs another code.
 */
export function tamperCode(lines: readonly string[], sha256: string): string {
	const words = createHash("sha256")
		.update([...lines, sha256].join("\n"))
		.digest("hex");
	return `${sha256.slice(0, 8)}-${words.slice(0, 8)}`.toUpperCase();
}

/** `2026-11-25 22:40:01.123 UTC+08:00`, by the clock on the wall of the site. */
export const localTime = (timeZone: string, at: number): string =>
	`${wallTimeToMs(timeZone, at)} ${zoneOffset(timeZone, at)}`;

function plateLines(plate: StayPlateBody | null): string[] {
	if (!plate?.text) return [];
	const each = plate.characters.map(({ char, confidence }) => `${char} ${Math.round(confidence * 100)}%`).join(" ");
	return [`号牌 ${plate.text}（识别建议，待人工确认）· ${plate.reads} 次识读`, `逐字置信度 ${each}`];
}

function dwellWords({ kind, enteredAt, clearedAt, capturedAt }: PictureFacts): string {
	if (kind === "reference") return "占用之前";
	if (kind === "panorama_cleared") return `共停留 ${duration((clearedAt ?? capturedAt) - enteredAt)}`;
	return `已停留 ${duration(capturedAt - enteredAt)}`;
}

function clockWords({ offsetMs: offset, source }: ClockReading): string {
	if (offset === null) return "时钟偏差 未知";
	return `时钟偏差 ${offset >= 0 ? "+" : ""}${Math.round(offset * 10) / 10} 毫秒（${source ?? "来源未知"}）`;
}
