import type { SoundAnswer } from "#contract/sounds-api.ts";
import { durationMsOf } from "#core/sound/g711.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireCamera } from "../cameras/cameras-actions.ts";
import { notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { readSound } from "./read-sound.ts";
import { deleteSound, findSound, putSound, type SoundRow } from "./sounds-store.ts";

export function readSoundOf(store: Store, cameraId: string): SoundAnswer {
	requireCamera(store, cameraId);
	const sound = findSound(store, cameraId);
	if (!sound) return { sound: null };
	const { words, muLaw, by, at } = sound;
	return { sound: { words, by, at, durationMs: durationMsOf(muLaw) } };
}

/** Takes the place of the one before. @throws ApiError 404, 415, 422 */
export async function recordSound(
	{ store, now }: Pick<ServerParts, "store" | "now">,
	cameraId: string,
	{ words, bytes }: { readonly words: string; readonly bytes: Buffer },
	{ user }: SignedIn,
): Promise<SoundAnswer> {
	requireCamera(store, cameraId);
	const muLaw = await readSound(bytes);
	requireCamera(store, cameraId); // decoding takes its time
	putSound(store, cameraId, { words, muLaw, userId: user.id, at: now() });
	return readSoundOf(store, cameraId);
}

/** @throws ApiError 404 */
export function requireSound(store: Store, cameraId: string): SoundRow {
	const sound = findSound(store, cameraId);
	if (!sound) throw notFound("recording");
	return sound;
}

/** @throws ApiError 404 */
export function removeSound(store: Store, cameraId: string): void {
	requireSound(store, cameraId);
	deleteSound(store, cameraId);
}
