import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { JobAnswer, JobResultBody } from "#contract/edge-jobs.ts";
import type { probeBody, ProbeAnswer } from "#contract/probes-api.ts";
import { isJpeg } from "../cameras/camera-pictures.ts";
import { withoutSecrets } from "../cameras/camera-url.ts";
import { requireCamera, requireWorkingEdge, urlOrRefuse } from "../cameras/cameras-actions.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import { findWatchJob } from "../live/live-views.ts";
import { streamHubOf } from "../live/stream-hub.ts";
import { findWhatIfJob } from "../live/what-ifs.ts";
import type { ServerParts } from "../server-parts.ts";
import { findSayJob } from "../speakers/say.ts";
import { findProbe, insertProbe, setFetched, setResult, type ProbeRow } from "./probes-store.ts";

/** An edge that has not answered by then is taken to be silent; its answer still counts when it comes later. */
export const edgeSilentAfterMs = 20_000;

/** "Connect and show me a picture". */
export function startProbe(parts: ServerParts, body: z.infer<typeof probeBody>): ProbeAnswer {
	const { store, notifier, now } = parts;
	const edge = requireWorkingEdge(store, body.edgeId);
	const camera = body.cameraId === undefined ? null : requireCamera(store, body.cameraId);
	if (camera && camera.edgeId !== edge.id) {
		throw badInput({ path: "cameraId", message: `is a camera of the edge ${camera.edgeId}` });
	}
	const request = { url: urlOrRefuse(body.url, camera?.url ?? null), transport: body.transport };
	const id = `probe-${randomBytes(12).toString("hex")}`;
	insertProbe(store, { id, edgeId: edge.id, request, createdAt: now() });
	notifier.publishJob({ siteId: edge.siteId, edgeId: edge.id }, id);
	return readProbe(parts, id);
}

export function readProbe({ store, now }: ServerParts, id: string): ProbeAnswer {
	const probe = findProbe(store, id);
	if (!probe) throw notFound("probe");
	const { result } = probe;
	if (!result) {
		const silent = now() - probe.createdAt >= edgeSilentAfterMs;
		return {
			id,
			state: silent ? "edge_silent" : "waiting",
			problem: null,
			detail: null,
			video: null,
			picture: null,
			audioOut: null,
		};
	}
	return {
		id,
		state: result.ok ? "ok" : "failed",
		problem: result.problem,
		detail: result.detail,
		video: result.video,
		audioOut: result.audioOut ?? null,
		picture: result.pictureBase64 === null ? null : `data:image/jpeg;base64,${result.pictureBase64}`,
	};
}

/** For the edge whose job it is. */
export function fetchJob(parts: ServerParts, edge: EdgeRow, id: string): JobAnswer {
	const asked = findWatchJob(parts, edge, id) ?? findWhatIfJob(parts, edge, id) ?? findSayJob(parts, edge, id);
	const found = asked ?? streamHubOf(parts).findJob(edge, id);
	if (found) return found;
	const { store, now } = parts;
	const { request } = requireProbeOf(edge, findProbe(store, id));
	if (!request) throw notFound("job"); // done already
	setFetched(store, id, now());
	return { id, kind: "probe", ...request };
}

export function finishJob({ store, now }: ServerParts, edge: EdgeRow, id: string, result: JobResultBody): void {
	const { request } = requireProbeOf(edge, findProbe(store, id));
	if (result.ok !== (result.problem === null)) {
		throw badInput({ path: "problem", message: "is null when ok is true, and only then" });
	}
	if (result.pictureBase64 !== null && !isJpeg(Buffer.from(result.pictureBase64, "base64"))) {
		throw badInput({ path: "pictureBase64", message: "must be a JPEG picture in Base64" });
	}
	const pictureBase64 = result.pictureBase64 && Buffer.from(result.pictureBase64, "base64").toString("base64");
	const detail = result.detail && withoutSecrets(result.detail, request?.url ?? null);
	setResult(store, id, { ...result, pictureBase64, detail }, now());
}

/** Another edge's job is none at all to this one. */
function requireProbeOf(edge: EdgeRow, probe: ProbeRow | undefined): ProbeRow {
	if (!probe || probe.edgeId !== edge.id) throw notFound("job");
	return probe;
}
