import type { CameraHealthMessage, CameraProblem } from "#contract/messages/index.ts";
import type { CameraScene } from "#core/camera.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { Logger } from "#platform/log.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import { Bell } from "./bell.ts";
import { type CameraHealth, initialHealth, reduceHealth, type Symptom } from "./camera-health.ts";
import type { CameraWatch } from "./camera-watch.ts";
import { steadyNow } from "./clock/steady-clock.ts";
import { CameraError } from "./video/camera-error.ts";
import type { Frame } from "./video/frame.ts";

/** One connection to a camera; edge/video/rtsp-camera.ts. */
export interface CameraConnection {
	run(
		signal: AbortSignal,
		on: {
			onFrame(frame: Frame): void;
			onVideo(video: NonNullable<CameraHealthMessage["video"]>): void;
			onRecording(ok: boolean): void;
		},
	): Promise<void>;
}

export interface CameraSupervisorParts {
	readonly cameraId: string;
	readonly watch: CameraWatch;
	/** @param withRing false: keep no video, since the disk has no room for it */
	readonly connect: (withRing: boolean) => CameraConnection;
	readonly disk: { readonly roomForVideo: boolean; onChange(listener: (roomForVideo: boolean) => void): () => void };
	readonly say: (message: CameraHealthMessage) => void;
	/** The picture that was just analysed, for the page. Returns at once. */
	readonly show: (frame: Frame) => void;
	readonly log: Logger;
}

const tickEveryMs = 1_000;
/** A connection that gave pictures for this long was a good one: the next begins without delay. */
const goodAfterMs = 30_000;
/** A camera that is back is seen again within ten seconds: what is left of them is for the connection and its first picture. */
const mostWaitMs = 6_000;
/** Some cameras lock an account after a few wrong passwords. */
const wrongPasswordWaitMs = { first: 20_000, most: 300_000 };

/** Keeps one camera watched: connects, backs off, says how it is. */
export class CameraSupervisor {
	readonly #parts: CameraSupervisorParts;
	#health: CameraHealth = initialHealth(steadyNow());
	#ringWorks = true;
	#newest: Frame | null = null;
	readonly #frameArrived = new Bell();

	constructor(parts: CameraSupervisorParts) {
		this.#parts = parts;
	}

	/** Returns when everything of this camera has stopped. */
	async run(signal: AbortSignal): Promise<void> {
		const stopListening = this.#parts.disk.onChange(() => this.#sayRecording());
		this.#say();
		this.#sayRecording();
		try {
			await Promise.all([this.#keepConnected(signal), this.#analyse(signal), this.#tick(signal)]);
		} finally {
			stopListening();
			await this.#parts.watch.end();
		}
	}

	/** New zones, without a new connection. Resolves when the rules work by them. */
	adoptScene(scene: CameraScene): Promise<void> {
		return this.#parts.watch.adoptScene(scene);
	}

	/** Resolves when the rules have it, on disk. */
	knowPlate(occupancyId: string, plate: KnownPlate): Promise<void> {
		return this.#parts.watch.knowPlate(occupancyId, plate);
	}

	async #keepConnected(signal: AbortSignal): Promise<void> {
		let failures = 0;
		while (!signal.aborted) {
			const startedAt = performance.now();
			const problem = await this.#runOnce(signal, this.#parts.disk.roomForVideo);
			if (signal.aborted) return;
			if (problem === null) continue;
			if (performance.now() - startedAt >= goodAfterMs) failures = 0;
			const { first, most } = problem === "wrong_password" ? wrongPasswordWaitMs : { first: 1_000, most: mostWaitMs };
			await wait(backoffMs(failures++, first, most), signal);
		}
	}

	/**
	 * One connection, from its beginning to its end. Returns why it ended; null when we ended it, because the disk's room
	 * for video came or went.
	 */
	async #runOnce(signal: AbortSignal, withRing: boolean): Promise<CameraProblem | null> {
		const ending = new AbortController();
		const end = () => ending.abort();
		const stopListening = this.#parts.disk.onChange(end);
		signal.addEventListener("abort", end, { once: true });
		try {
			await this.#parts.connect(withRing).run(ending.signal, {
				onFrame: (frame) => this.#frame(frame),
				onVideo: (video) => this.#noticed({ kind: "video", video }),
				onRecording: (ok) => {
					this.#ringWorks = ok;
					this.#sayRecording();
				},
			});
			return null;
		} catch (error) {
			if (ending.signal.aborted) return null;
			const problem = error instanceof CameraError ? error.problem : "unknown";
			await this.#lost(problem, error);
			return problem;
		} finally {
			stopListening();
			signal.removeEventListener("abort", end);
		}
	}

	async #lost(problem: CameraProblem, err: unknown): Promise<void> {
		const { cameraId, log, watch } = this.#parts;
		const known = this.#health.state === "offline" && this.#health.problem === problem;
		log[known ? "debug" : "warn"](
			{ err: err instanceof CameraError ? undefined : err, cameraId, problem },
			`the camera gives no picture: ${(err as Error).message}. It is tried again`,
		);
		this.#newest = null;
		this.#noticed({ kind: "lost", problem });
		await watch.blind("stream_lost");
	}

	#frame(frame: Frame): void {
		if (this.#health.state !== "online") {
			this.#parts.log.info({ cameraId: this.#parts.cameraId, video: this.#health.video }, "the camera gives pictures");
		}
		this.#noticed({ kind: "frame" });
		this.#newest = frame; // one that still waits is given up: what counts is now
		this.#frameArrived.ring();
	}

	/** One frame at a time, always the newest. */
	async #analyse(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			const frame = this.#newest;
			if (!frame) {
				await this.#frameArrived.wait(60_000, signal);
				continue;
			}
			this.#newest = null;
			this.#parts.show(frame);
			await this.#parts.watch.take(frame, signal);
		}
	}

	async #tick(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await wait(tickEveryMs, signal);
			if (!signal.aborted) await this.#parts.watch.tick();
		}
	}

	#sayRecording(): void {
		this.#noticed({ kind: "recording", ok: this.#ringWorks && this.#parts.disk.roomForVideo });
	}

	#noticed(symptom: Symptom): void {
		const before = this.#health;
		this.#health = reduceHealth(before, symptom, steadyNow());
		if (this.#health !== before) this.#say();
	}

	#say(): void {
		this.#parts.say({ v: 1, cameraId: this.#parts.cameraId, ...this.#health, at: steadyNow() });
	}
}
