import { randomBytes } from "node:crypto";
import type { WatchJob } from "#contract/edge-jobs.ts";
import { type LiveAnswer, type LiveBody, watchForMs } from "#contract/live-api.ts";
import { isJpeg } from "../cameras/camera-pictures.ts";
import { requireCamera } from "../cameras/cameras-actions.ts";
import { findCamera } from "../cameras/cameras-store.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { findEdge } from "../edges/edges-store.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import { besideStore } from "../store/beside-store.ts";

interface View {
	readonly job: WatchJob;
	readonly edgeId: string;
	/** When the edge was told last, and until when somebody looks. */
	toldAt: number;
	watchedUntil: number;
	newest: LiveBody | null;
}

/** Views live in memory alone: what nobody looks at is not kept, and after a restart the page asks again. */
const viewsOf = besideStore(() => new Map<string, View>());

/** The edge is told anew before its time runs out. */
const tellEveryMs = watchForMs / 2;
/** A page asks each second; one that has not asked for so long is gone. */
const lookedAtForMs = 8_000;

/** The newest look that is newer than `after`; the asking itself keeps the edge sending. */
export function readLive(parts: ServerParts, cameraId: string, after: number | null): LiveAnswer {
	const { edgeId } = requireCamera(parts.store, cameraId);
	const view = look(parts, cameraId, edgeId);
	const { newest } = view;
	if (!newest || (after !== null && newest.overlay.at <= after)) return { overlay: null, picture: null };
	return { overlay: newest.overlay, picture: `data:image/jpeg;base64,${newest.pictureBase64}` };
}

export function takeLive(parts: ServerParts, edge: EdgeRow, cameraId: string, body: LiveBody): void {
	const camera = findCamera(parts.store, cameraId);
	if (!camera || camera.edgeId !== edge.id) throw notFound("camera");
	const view = viewsOf(parts.store).get(cameraId);
	if (!view || view.watchedUntil < parts.now()) {
		throw new ApiError(409, "not_watched", "Nobody looks at this camera any more.");
	}
	const jpeg = Buffer.from(body.pictureBase64, "base64");
	if (!isJpeg(jpeg)) throw badInput({ path: "pictureBase64", message: "must be a JPEG picture in Base64" });
	view.newest = { overlay: body.overlay, pictureBase64: jpeg.toString("base64") };
}

/** The job of this id, for the edge whose it is. */
export function findWatchJob(parts: ServerParts, edge: EdgeRow, jobId: string): WatchJob | null {
	const view = [...viewsOf(parts.store).values()].find(({ job }) => job.id === jobId);
	return view && view.edgeId === edge.id ? view.job : null;
}

function look(parts: ServerParts, cameraId: string, edgeId: string): View {
	const now = parts.now();
	const all = viewsOf(parts.store);
	for (const [id, { watchedUntil }] of all) if (watchedUntil < now) all.delete(id);
	const known = all.get(cameraId);
	const isDue = known === undefined || known.edgeId !== edgeId || now - known.toldAt >= tellEveryMs;
	const view = isDue ? begin(parts, cameraId, edgeId, known?.newest ?? null) : known;
	view.watchedUntil = now + lookedAtForMs;
	return view;
}

/** A job anew each time: an edge does none twice. */
function begin(parts: ServerParts, cameraId: string, edgeId: string, newest: LiveBody | null): View {
	const id = `watch-${randomBytes(12).toString("hex")}`;
	const job: WatchJob = { id, kind: "watch", cameraId, forMs: watchForMs };
	const view: View = { job, edgeId, toldAt: parts.now(), watchedUntil: 0, newest };
	viewsOf(parts.store).set(cameraId, view);
	const edge = findEdge(parts.store, edgeId);
	if (edge) parts.notifier.publishJob({ siteId: edge.siteId, edgeId }, id);
	return view;
}
