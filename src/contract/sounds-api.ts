import { z } from "zod";
import { sayProblems } from "./edge-jobs.ts";
import { instantSchema, madeIdSchema } from "./ids.ts";

/**
 * What a camera's own loudspeaker (ONVIF audio out) says: one recording a camera.
 *
 *     GET    /api/cameras/<id>/sound              soundAnswer (configure)
 *     PUT    /api/cameras/<id>/sound?words=…      the recording's bytes, audio/… -> soundAnswer. 413, 415, 422 wrong_content,
 *                                                 too_long, silent
 *     DELETE /api/cameras/<id>/sound              204
 *     GET    /api/cameras/<id>/sound/recording    audio/wav, as the camera is sent it
 *     POST   /api/cameras/<id>/sound/try          202 soundTryAnswer: say it now; 409 no_sound, already_queued
 *     GET    /api/cameras/<id>/sound/try          soundTryAnswer: the last one; 404 where there was none of late
 *
 * WAV, MP3, M4A, Ogg, FLAC or AMR, by content and whatever the request calls it; kept as 8 kHz G.711.
 */
export const maxSoundBytes = 10_000_000;

export const soundWords = z.string().trim().min(1).max(120);
/** What is said to drivers here, in the language that they speak: proposed, whatever the page's language is. */
export const usualWords = "请立即驶离消防车通道";
/** `words`: what is heard, for the record of what was said. */
export const soundQuery = z.object({ words: soundWords });

export const soundAnswer = z.object({
	/** Null where nothing was recorded. */
	sound: z.object({ words: z.string(), durationMs: z.number().int(), by: z.string(), at: instantSchema }).nullable(),
});

/** Besides what the edge meets with: nothing is recorded, the edge is away, or it does not answer. */
export const soundProblems = [...sayProblems, "no_sound", "edge_away", "edge_silent"] as const;
export type SoundProblem = (typeof soundProblems)[number];

export const soundTryAnswer = z.object({
	/** Another one's, where somebody else has tried it since. */
	id: madeIdSchema,
	state: z.enum(["waiting", "said", "failed"]),
	problem: z.enum(soundProblems).nullable(),
	/** One sentence, without secrets. */
	detail: z.string().nullable(),
});

export type SoundAnswer = z.infer<typeof soundAnswer>;
export type SoundTryAnswer = z.infer<typeof soundTryAnswer>;
