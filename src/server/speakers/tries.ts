import { randomBytes } from "node:crypto";
import type { SoundTryAnswer } from "#contract/sounds-api.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { besideStore } from "../store/beside-store.ts";
import { sayByCamera, type SayParts, type SayResult } from "./say.ts";
import { wordsOf } from "./sounds-store.ts";

interface Try {
	readonly id: string;
	readonly askedAt: number;
	result: SayResult | null;
}

/** By camera; in memory alone: somebody waits at the page, and asks again after a restart. */
const triesOf = besideStore(() => new Map<string, Try>());
const keepMs = 5 * 60_000;

/** "Say it now": for whoever sets the loudspeaker up. @throws ApiError 409 where nothing is recorded, or it speaks already */
export function trySound(parts: SayParts, cameraId: string, signal: AbortSignal): SoundTryAnswer {
	const { store, now } = parts;
	if (wordsOf(store, cameraId) === null) throw new ApiError(409, "no_sound", "Nothing is recorded for this camera.");
	const all = triesOf(store);
	for (const [known, { askedAt }] of all) if (askedAt < now() - keepMs) all.delete(known);
	if (all.get(cameraId)?.result === null) throw new ApiError(409, "already_queued", "It is being said already.");
	const made: Try = { id: `sound-try-${randomBytes(8).toString("hex")}`, askedAt: now(), result: null };
	all.set(cameraId, made);
	void sayByCamera(parts, { cameraId, saying: made.id }, signal).then(
		(result) => (made.result = result),
		() => (made.result = { problem: "unknown", detail: null }),
	);
	return answerOf(made);
}

/** @throws ApiError 404 */
export function readTry({ store }: Pick<SayParts, "store">, cameraId: string): SoundTryAnswer {
	const known = triesOf(store).get(cameraId);
	if (!known) throw notFound("try");
	return answerOf(known);
}

const answerOf = ({ id, result }: Try): SoundTryAnswer =>
	result
		? { id, state: result.problem === null ? "said" : "failed", ...result }
		: { id, state: "waiting", problem: null, detail: null };
