import { randomBytes } from "node:crypto";
import type { SaidBody, SayJob } from "#contract/edge-jobs.ts";
import type { SoundProblem } from "#contract/sounds-api.ts";
import { durationMsOf } from "#core/sound/g711.ts";
import { wait } from "#platform/wait.ts";
import { findCamera } from "../cameras/cameras-store.ts";
import { withoutSecrets } from "../cameras/camera-url.ts";
import { type EdgeRow, findEdge } from "../edges/edges-store.ts";
import { notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import { besideStore } from "../store/beside-store.ts";
import { findSound, noteAudioOut } from "./sounds-store.ts";

export type SayParts = Pick<ServerParts, "store" | "feed" | "notifier" | "now">;

/** `problem` null: the camera was sent all of it. */
export interface SayResult {
	readonly problem: SoundProblem | null;
	readonly detail: string | null;
}

interface Asked {
	readonly job: SayJob;
	readonly edgeId: string;
	readonly take: (result: SayResult) => void;
}

/** In memory alone: what is not said now is not said later, unless whoever asked asks again. */
const askedOf = besideStore(() => new Map<string, Asked>());
/** For all that comes before and after the sound; then the edge is taken to be silent. */
const patienceMs = 20_000;

/**
 * Has the camera's edge say what is recorded for it; the camera's password stays there.
 *
 * @param saying what is said under the same id is said once, however often it is asked for. Never throws.
 */
export async function sayByCamera(
	parts: SayParts,
	{ cameraId, saying }: { readonly cameraId: string; readonly saying: string },
	signal: AbortSignal,
): Promise<SayResult> {
	const { store, notifier } = parts;
	const camera = findCamera(store, cameraId);
	if (!camera) return { problem: "no_camera", detail: null };
	const sound = findSound(store, cameraId);
	if (!sound) return { problem: "no_sound", detail: null };
	const edge = findEdge(store, camera.edgeId);
	if (!edge || edge.revokedAt !== null || edge.state !== "online") return { problem: "edge_away", detail: null };

	const id = `say-${randomBytes(12).toString("hex")}`;
	const job: SayJob = { id, kind: "say", cameraId, saying, soundBase64: sound.muLaw.toString("base64") };
	const over = new AbortController();
	try {
		const said = new Promise<SayResult>((take) => askedOf(parts.store).set(id, { job, edgeId: edge.id, take }));
		notifier.publishJob({ siteId: edge.siteId, edgeId: edge.id }, id);
		const late = wait(durationMsOf(sound.muLaw) + patienceMs, AbortSignal.any([signal, over.signal]));
		return await Promise.race([said, late.then((): SayResult => ({ problem: "edge_silent", detail: null }))]);
	} finally {
		askedOf(parts.store).delete(id);
		over.abort();
	}
}

/** The job of this id, for the edge whose it is. */
export function findSayJob(parts: Pick<ServerParts, "store">, edge: EdgeRow, id: string): SayJob | null {
	const known = askedOf(parts.store).get(id);
	return known?.edgeId === edge.id ? known.job : null;
}

/** @throws ApiError 404, also where nobody waits for it any more */
export function finishSayJob(parts: SayParts, edge: EdgeRow, id: string, { problem, detail }: SaidBody): void {
	const { store, feed, now } = parts;
	const known = askedOf(parts.store).get(id);
	if (known?.edgeId !== edge.id) throw notFound("job");
	const { cameraId } = known.job;
	if (problem === null || problem === "no_audio_out") {
		store.transaction(() => {
			if (noteAudioOut(store, cameraId, problem === null)) feed.append("camera", cameraId, now());
		})();
	}
	const url = findCamera(store, cameraId)?.url ?? null;
	known.take({ problem, detail: detail && withoutSecrets(detail, url) });
}
