import { quietHandling } from "./quiet-handling.ts";
import type { EvidenceItemBody, EvidenceSetBody } from "#contract/evidence-set.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import { lawBasisOf } from "#core/evidence/law-basis.ts";
import type { TransferFacts } from "../../src/server/transfers/transfer-facts.ts";

/** 2026-11-22 21:38:00 in Shanghai. */
export const enteredAt = 1_795_354_680_000;
const alertId = `lane-1.${enteredAt}`;
const clock = { offsetMs: 3.24, source: "chrony", readAt: enteredAt + 180_000 };

const capturedAt: Partial<Record<EvidenceKind, number>> = {
	panorama_entry: enteredAt + 412,
	panorama_confirmed: enteredAt + 180_655,
	plate: enteredAt + 12_000,
	panorama_cleared: enteredAt + 905_000,
};

export function itemOf(kind: EvidenceKind, more: Partial<EvidenceItemBody> = {}): EvidenceItemBody {
	const at = capturedAt[kind] ?? enteredAt;
	return {
		...{ id: `${alertId}.${kind}`, kind, state: "taken", reason: null, wantedAt: at, capturedAt: at },
		...{ widthPx: 1920, heightPx: 1080, sha256: "a".repeat(64), clock, overlay: null, masks: null },
		...more,
	};
}

export const evidenceOfKind = (kind: EvidenceKind): TransferFacts["alert"]["evidence"][number] => ({
	...{ id: `${alertId}.${kind}`, kind, capturedAt: capturedAt[kind] ?? enteredAt, durationMs: null },
	...{ contentType: "image/jpeg", bytes: 1000, sha256: "a".repeat(64) },
});

const kinds: readonly EvidenceKind[] = ["panorama_entry", "panorama_confirmed", "plate", "panorama_cleared"];

export const evidenceSet: EvidenceSetBody = {
	...{ v: 1, revision: 9, cameraId: "cam-1", laneId: "lane-1", enteredAt, confirmAt: enteredAt + 180_000 },
	items: kinds.map((kind) => itemOf(kind)),
	stillness: {
		...{ iou: 0.97, leastIou: 0.6, similarity: 0.93, leastSimilarity: 0.5, intervalMs: 180_243, stoodStill: true },
		boxes: { entry: [0.2, 0.3, 0.6, 0.8], confirmed: [0.2, 0.3, 0.6, 0.8] },
	},
	...{ clock, plate: null },
	place: {
		...{ siteId: "estate", siteName: "阳光花园", laneName: "东门消防车通道", cameraName: "东门外 1 号" },
		...{ gbId: "15020301011320000001", direction: "由南向北", roadClass: "public_road", timeZone: "Asia/Shanghai" },
	},
	complete: true,
};

/** A car of an estate's gate, reviewed by two and handed to the traffic police. */
export const facts: TransferFacts = {
	number: "XS-2026-000017",
	madeAt: enteredAt + 86_400_000,
	timeZone: "Asia/Shanghai",
	site: { id: "estate", name: "阳光花园" },
	alert: {
		...{ id: alertId, laneId: "lane-1", laneName: "东门消防车通道", laneKind: "fire_lane", siteId: "estate" },
		...{ cameraId: "cam-1", cameraName: "东门外 1 号", state: "cleared", enteredAt, raisedAt: enteredAt + 120_000 },
		...{ clearedAt: enteredAt + 903_000, clearedBy: "camera", cause: "vehicle", label: "car", confidence: 0.93 },
		...{ box: [0.2, 0.3, 0.6, 0.8], fixed: false, outline: [] },
		clearance: { share: 0.48, widthM: 1.9, level: "blocked" },
		handling: quietHandling(alertId, enteredAt + 120_000),
		...{ acknowledged: null, falseAlarm: null, reportedCleared: null, acceptance: null },
		evidence: kinds.map(evidenceOfKind),
		evidenceSet,
	},
	roadClass: "public_road",
	lawBasis: lawBasisOf("public_road"),
	plate: { text: "蒙B12345", plateClass: "small", colour: "blue" },
	reviews: [
		{ step: "confirmed", by: "张三", at: enteredAt + 3_600_000, note: "照片清楚" },
		{ step: "approved", by: "李四", at: enteredAt + 7_200_000, note: null },
	],
	receiver: { name: "包头市公安局昆都仑区分局交通管理大队", kind: "traffic_police" },
	markings: [],
};
