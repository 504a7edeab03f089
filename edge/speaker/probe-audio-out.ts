import { withinTime } from "#platform/within-time.ts";
import { type CameraToSpeakBy, hasAudioOut } from "./play-sound.ts";

const withinMs = 4_000;

/** Null where the camera did not tell: somebody waits for its picture, which he gets all the same. */
export async function probeAudioOut({
	signal,
	...camera
}: CameraToSpeakBy & { readonly signal: AbortSignal }): Promise<boolean | null> {
	try {
		return await withinTime(withinMs, signal, (inTime) => hasAudioOut(camera, inTime));
	} catch {
		return null;
	}
}
