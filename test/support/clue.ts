import sharp from "sharp";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { EvidenceItemBody, EvidenceSetBody } from "#contract/evidence-set.ts";
import type { ReviewAnswer } from "#contract/reviews-api.ts";
import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import { inManifestOrder } from "#core/evidence/manifest-link.ts";
import { sha256Of } from "#platform/digest.ts";
import type { EvidenceToSend } from "./evidence.ts";
import { makeKey, manifestText, sendKey, sendManifest, store } from "./sealed.ts";
import { buildTestApp, type Inject, type TestApp } from "./server-app.ts";
import { putAlert } from "./server-rows.ts";

/** The calls of those who have to do with a clue, and what they do. */
export interface ClueWorld {
	readonly server: TestApp;
	readonly edge: Inject;
	readonly anna: Inject;
	readonly berta: Inject;
	readonly lead: Inject;
	readonly boss: Inject;
	readonly laneId: string;
	readonly cameraId: string;
	readonly police: ReceiverAnswer;
	readonly fireService: ReceiverAnswer;
}

/** Of the edge of every clue. */
export const clueKey = makeKey();
const enteredAt = Date.parse("2026-11-26T01:00:00Z");
export const raisedAt = enteredAt + 120_000;
const confirmAt = enteredAt + 180_000;

export const photo = (background: string) =>
	sharp({ create: { width: 320, height: 180, channels: 3, background } })
		.jpeg()
		.toBuffer();

/** A server with a lane on a public road, its edge's key, people of every role, and two authorities. */
export async function startClueWorld(server: TestApp): Promise<ClueWorld> {
	server.clock.now = confirmAt + 60_000;
	const edge = server.edge("edge-1");
	await sendKey(edge, clueKey);
	const [anna, berta] = [await server.person("anna", "duty_officer"), await server.person("berta", "duty_officer")];
	const [lead, boss] = [await server.person("lead", "property_manager"), await server.person("boss", "admin")];
	const json = { name: "东门摄像机", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	const { id: cameraId } = (await boss("POST", "/api/cameras", { json })).json<CameraAnswer>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zone = { id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon, roadClass: "public_road" };
	await boss("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones: [zone] } });
	const add = async (name: string, kind: string) =>
		(await boss("POST", "/api/receivers", { json: { name, kind, contact: "0472-0000000" } })).json<ReceiverAnswer>();
	const police = await add("昆都仑区交警大队", "traffic_police");
	const fireService = await add("昆都仑区消防救援大队", "fire_rescue");
	return { server, edge, anna, berta, lead, boss, laneId: "lane-1", cameraId, police, fireService };
}

export async function putMarkings({ lead, laneId }: ClueWorld, kinds = ["marking", "sign"]): Promise<void> {
	for (const kind of kinds) {
		const headers = { "content-type": "image/jpeg" };
		await lead("PUT", `/api/lanes/${laneId}/markings/${kind}`, { payload: await photo("#c8b400"), headers });
	}
}

const monthMs = 30 * 86_400_000;

/** On a server of its own, whose sessions outlast a test's days; the lane's markings are on record, so clues can leave. */
export async function startMarkedWorld(): Promise<ClueWorld> {
	const sessions = { idleMs: monthMs, absoluteMs: monthMs };
	const world = await startClueWorld(await buildTestApp({ name: "阳光花园", sessions }));
	await putMarkings(world);
	return world;
}

/** An alert of a vehicle, its evidence as far as `more` leaves it: two panoramas, sealed, the clock right. */
export async function putClue(
	{ server, edge, laneId, cameraId }: ClueWorld,
	alertId: string,
	{ set = {}, seal = true, send = true }: { set?: Partial<EvidenceSetBody>; seal?: boolean; send?: boolean } = {},
): Promise<void> {
	// One after another, as one camera sees them: those that overlap would be one case.
	const before = server.parts.store.prepare("SELECT count(*) FROM alerts").pluck().get() as number;
	const earlierMs = before * 600_000;
	putAlert(server.parts.store, {
		id: alertId,
		edgeId: "edge-1",
		laneId,
		cameraId,
		raisedAt: raisedAt - earlierMs,
		clearedAt: confirmAt - earlierMs,
	});
	const evidence = [
		await piece(alertId, "panorama_entry", "#334455"),
		await piece(alertId, "panorama_confirmed", "#443355"),
	];
	if (send) for (const each of evidence) await store(server, each);
	const text = manifestOf(alertId, evidence);
	if (seal) {
		const answer = await sendManifest(edge, clueKey, text, 1, `chain-${alertId}`);
		if (answer.statusCode !== 200) throw new Error(`the manifest was not taken: ${answer.body}`);
	}
	await edge("PUT", `/api/edge/alerts/${alertId}/evidence-set`, { json: { ...setOf(alertId), ...set } });
}

/** The second step needs another person than the first. */
export async function review(alertId: string, first: Inject, second: Inject | null): Promise<void> {
	const json = { verdict: "true", plate: { text: "蒙B12345", colour: "blue" } };
	const { confirmation } = (
		await first("PUT", `/api/alerts/${alertId}/review/confirmation`, { json })
	).json<ReviewAnswer>();
	if (!second) return;
	const approval = { confirmationId: confirmation?.id, verdict: "true" };
	await second("PUT", `/api/alerts/${alertId}/review/approval`, { json: approval });
}

async function piece(alertId: string, kind: EvidenceKind, background: string): Promise<EvidenceToSend> {
	const content = await photo(background);
	return { id: `${alertId}.${kind}`, alertId, kind: kind, content };
}

function manifestOf(alertId: string, evidence: readonly EvidenceToSend[]): string {
	const link = { sequence: 1, previous: null };
	const files = inManifestOrder(
		evidence.map(({ id, kind, content }) => ({
			...{ id, name: `${id}.jpg`, role: kind as string as "panorama_entry", mediaType: "image/jpeg" as const },
			...{ bytes: content.length, sha256: sha256Of(content), capturedAt: enteredAt },
		})),
	);
	return manifestText(clueKey, link, evidence, { chainId: `chain-${alertId}`, files: [...files] });
}

export function setOf(alertId: string): EvidenceSetBody {
	const clock = { offsetMs: 3, source: "chrony", readAt: enteredAt };
	const item = (kind: EvidenceKind, capturedAt: number): EvidenceItemBody => ({
		...{ id: `${alertId}.${kind}`, kind, state: "taken" as const, reason: null, wantedAt: capturedAt, capturedAt },
		...{ widthPx: 2560, heightPx: 1440, sha256: null, clock, overlay: null, masks: null },
	});
	return {
		...{ v: 1, revision: 1, cameraId: "cam-1", laneId: "lane-1", enteredAt, confirmAt, clock, complete: true },
		items: [item("panorama_entry", enteredAt), item("panorama_confirmed", confirmAt)],
		stillness: {
			...{ iou: 0.98, leastIou: 0.7, similarity: 0.97, leastSimilarity: 0.8, intervalMs: 180_000, stoodStill: true },
			boxes: { entry: [0.1, 0.1, 0.5, 0.5], confirmed: [0.1, 0.1, 0.5, 0.5] },
		},
		plate: null,
		place: {
			...{ siteId: "estate", siteName: "阳光花园", laneName: "东门消防车通道", cameraName: "东门摄像机", gbId: null },
			...{ direction: null, roadClass: "public_road", timeZone: "Asia/Shanghai" },
		},
	};
}
