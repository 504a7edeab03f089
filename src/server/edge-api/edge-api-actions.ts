import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { PolicyBody } from "#contract/zones.ts";
import { defaultPolicy } from "#core/scene.ts";
import { acceptedIn } from "../acceptances/acceptances-store.ts";
import { keepPicture } from "../cameras/camera-pictures.ts";
import { type CameraRow, findCamera, listCamerasOfEdge, setPictureAt } from "../cameras/cameras-store.ts";
import { viewConfirmedAt } from "../cameras/view-confirmations-store.ts";
import { zonesOf } from "../cameras/zones-store.ts";
import { findEdge, setAppliedRevision, type EdgeRow } from "../edges/edges-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import { permitsOfEdge } from "../permits/permits-store.ts";
import { siteRulesOf } from "../policy/site-rules.ts";
import type { ServerParts } from "../server-parts.ts";
import { besideStore } from "../store/beside-store.ts";
import type { Store } from "../store/open-store.ts";

/** Everything the edge is to do, with the passwords of its cameras; of one moment. */
export function readEdgeConfig(parts: ServerParts, edge: EdgeRow): EdgeConfigAnswer {
	const { store, config, now, forEdges } = parts;
	return store.transaction(() => ({
		revision: findEdge(store, edge.id)?.configRevision ?? edge.configRevision,
		siteId: edge.siteId,
		siteName: config.name === "Keepclear" ? null : config.name, // nobody named it
		edgeId: edge.id,
		policy: delaysOf(siteRulesOf(parts).rules.policy),
		site: siteRulesOf(parts).rules,
		authority: forEdges.authority,
		timeZone: config.timeZone,
		permits: permitsOfEdge(store, edge.id, now()),
		cameras: listCamerasOfEdge(store, edge.id).map((camera) => cameraOfEdge(store, camera)),
	}))();
}

function cameraOfEdge(
	store: Store,
	{ id, name, url, transport, sampleEveryMs, gbId, direction }: CameraRow,
): EdgeConfigAnswer["cameras"][number] {
	const confirmedAt = viewConfirmedAt(store, id);
	return {
		id,
		name,
		url,
		transport,
		sampleEveryMs,
		gbId,
		direction,
		zones: zonesOfEdge(store, id),
		...(confirmedAt === null ? {} : { viewConfirmedAt: confirmedAt }),
	};
}

const zonesOfEdge = (store: Store, cameraId: string) =>
	zonesOf(store, cameraId).map((zone) => {
		const accepted = acceptedIn(store, zone.id, cameraId);
		return accepted.length > 0 ? { ...zone, accepted } : zone;
	});

export function noteAppliedConfig({ store, feed, now }: ServerParts, edge: EdgeRow, revision: number): void {
	if (revision > edge.configRevision) {
		throw badInput({ path: "revision", message: `there is none above ${edge.configRevision} yet` });
	}
	store.transaction(() => {
		if (!setAppliedRevision(store, edge.id, revision)) return;
		for (const camera of listCamerasOfEdge(store, edge.id)) feed.append("camera", camera.id, now());
	})();
}

/** A picture is told of at most so often a camera: one a second from each would crowd out what matters in the feed. */
const tellPicturesEveryMs = 2_000;
const toldAt = besideStore(() => new Map<string, number>());

export async function takePicture(
	{ store, feed, config, now }: ServerParts,
	edge: EdgeRow,
	{ cameraId, capturedAt, jpeg }: { cameraId: string; capturedAt: number; jpeg: Buffer },
): Promise<void> {
	const camera = findCamera(store, cameraId);
	if (!camera || camera.edgeId !== edge.id) throw notFound("camera");
	await keepPicture(config.dataFolder, cameraId, jpeg);
	store.transaction(() => {
		setPictureAt(store, cameraId, capturedAt);
		const told = toldAt(store);
		if (now() - (told.get(cameraId) ?? 0) < tellPicturesEveryMs) return;
		told.set(cameraId, now());
		feed.append("camera", cameraId, now());
	})();
}

/** Edges of earlier versions know these three keys, and want them all. */
function delaysOf({ vehicleOnDelayMs, objectOnDelayMs, offDelayMs }: PolicyBody): EdgeConfigAnswer["policy"] {
	return {
		vehicleOnDelayMs: vehicleOnDelayMs ?? defaultPolicy.vehicleOnDelayMs,
		objectOnDelayMs: objectOnDelayMs ?? defaultPolicy.objectOnDelayMs,
		offDelayMs: offDelayMs ?? defaultPolicy.offDelayMs,
	};
}
