import type { SaidBody, SayJob } from "#contract/edge-jobs.ts";
import { InputError } from "#platform/input-error.ts";
import type { Logger } from "#platform/log.ts";
import { CameraError } from "../video/camera-error.ts";
import type { CameraNetworks } from "../video/camera-networks.ts";
import { playSound } from "./play-sound.ts";
import { SpeakerError } from "./speaker-error.ts";

export interface CameraSpeakersParts {
	/** With its password; null for a camera that is not this edge's. */
	readonly urlOf: (cameraId: string) => string | null;
	readonly networks: CameraNetworks;
	readonly log: Logger;
}

/** Longer than the server asks for the same again. */
const mostRemembered = 500;

/** The loudspeakers of this edge's cameras: each says one thing at a time, and the same thing once. */
export class CameraSpeakers {
	readonly #parts: CameraSpeakersParts;
	readonly #speaking = new Set<string>();
	/** By what is said: what came of it. What was not said to its end is forgotten, for it is to be said again. */
	readonly #sayings = new Map<string, Promise<SaidBody>>();

	constructor(parts: CameraSpeakersParts) {
		this.#parts = parts;
	}

	/** Never throws for what a camera does wrong. @throws the signal's reason */
	async say(job: SayJob, signal: AbortSignal): Promise<SaidBody> {
		const known = this.#sayings.get(job.saying);
		if (known) return known;
		if (this.#speaking.has(job.cameraId)) return { problem: "busy", detail: "the camera is saying something else" };
		const saying = this.#sayNow(job, signal);
		this.#sayings.set(job.saying, saying);
		const { problem } = await saying.catch((error: unknown) => {
			this.#sayings.delete(job.saying);
			throw error;
		});
		if (problem !== null) this.#sayings.delete(job.saying);
		const [oldest] = this.#sayings.keys();
		if (this.#sayings.size > mostRemembered && oldest !== undefined) this.#sayings.delete(oldest);
		return saying;
	}

	async #sayNow({ cameraId, soundBase64 }: SayJob, signal: AbortSignal): Promise<SaidBody> {
		const { urlOf, networks, log } = this.#parts;
		const url = urlOf(cameraId);
		if (url === null) return { problem: "no_camera", detail: "this edge has no such camera" };
		this.#speaking.add(cameraId);
		try {
			await playSound({ url, networks }, Buffer.from(soundBase64, "base64"), signal);
			log.info({ cameraId }, "a camera's loudspeaker has spoken");
			return { problem: null, detail: null };
		} catch (error) {
			signal.throwIfAborted();
			if (error instanceof SpeakerError || error instanceof CameraError) {
				log.warn({ cameraId, problem: error.problem, why: error.message }, "a camera's loudspeaker did not speak");
				return { problem: error.problem, detail: error.message };
			}
			if (error instanceof InputError) return { problem: "unknown", detail: error.message };
			throw error;
		} finally {
			this.#speaking.delete(cameraId);
		}
	}
}
