import { type CameraScene, type LaneReport, laneStates } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import type { OccupancyEvent, UnknownReason } from "#core/occupancy/types.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { LaneStateMessage } from "#contract/messages/index.ts";
import type { Logger } from "#platform/log.ts";
import { withinTime } from "#platform/within-time.ts";
import { laneStateMessageOf } from "./alert-messages.ts";
import { CameraPipeline } from "./camera-pipeline.ts";
import type { CameraRecords } from "./camera-records.ts";
import type { Detector } from "./detect/detector.ts";
import type { Overlaid } from "./evidence/overlay.ts";
import { type SteadyClock, steadyClock } from "./clock/steady-clock.ts";
import { FactClock } from "./fact-clock.ts";
import { InOrder } from "./in-order.ts";
import type { Frame } from "./video/frame.ts";

/** A look that takes longer than this is given up: the detector is as good as gone. */
const longestLookMs = 60_000;

/** Most are over by then, also where several cameras wait for the model. */
const usualLookMs = 3_000;

/** How often a lane's state is said although it has not changed. */
const sayAllEveryMs = 15_000;

/** A picture is never newer than this. */
const newerThanNowMs = 5_000;

export interface CameraWatchParts {
	readonly cameraId: string;
	readonly scene: CameraScene;
	readonly detector: Detector;
	readonly records: CameraRecords;
	readonly say: (message: LaneStateMessage) => void;
	/** The lane is no longer watched by this camera. */
	readonly forgetLane: (laneId: string) => void;
	/** What the rules have just made of a frame. Returns at once, never throws. */
	readonly observe?: (frame: Frame, seen: Overlaid) => void;
	readonly log: Logger;
	/** Default: that of this process. */
	readonly time?: SteadyClock;
}

/**
 * One camera's rules at work: facts go through the pipeline one after another; what comes of them is made durable, then
 * said. Knows nothing of connections.
 */
export class CameraWatch {
	readonly #parts: CameraWatchParts;
	readonly #facts = new InOrder();
	readonly #said = new Map<string, string>();
	readonly #pipeline: CameraPipeline;
	#saidAt = 0;
	#saidAllAt = 0;
	readonly #clock: FactClock;
	readonly #time: SteadyClock;
	#takenMs: number;
	#detectorWorks = true;
	/** Which connection and which zones pictures are of. */
	#view = 0;
	#looksSince: number | null = null;
	/** By the wall clock: the last fact that is no frame. */
	#noticedAt = 0;

	constructor(parts: CameraWatchParts) {
		this.#parts = parts;
		this.#time = parts.time ?? steadyClock;
		this.#takenMs = this.#time.takenMs;
		const saved = parts.records.load(this.#time.now());
		this.#clock = new FactClock(saved?.lastFrameAt ?? 0, parts.log);
		this.#pipeline = new CameraPipeline({
			scene: parts.scene,
			detector: parts.detector,
			...(saved ? { saved } : {}),
		});
		// What an earlier run said of lanes that are gone by now is to be taken back.
		for (const { zoneId } of saved ? laneStates(saved) : []) this.#said.set(zoneId, "");
	}

	/** What an earlier run left behind goes on, by the zones of now. */
	begin(): Promise<void> {
		return this.#fact((at) => [
			...this.#pipeline.adoptScene(this.#parts.scene, at),
			...this.#pipeline.blind(at, "starting"),
		]);
	}

	/**
	 * Resolves when the frame's consequences are on disk and said. While the model looks at it other facts go on: a look
	 * that takes long leaves the lanes unknown, and one that the camera or its zones did not outlive counts for nothing.
	 */
	async take(frame: Frame, signal: AbortSignal): Promise<void> {
		const view = this.#view;
		this.#looksSince = performance.now();
		const detections = await this.#look(frame, signal);
		this.#looksSince = null;
		await this.#facts.do(async () => {
			if (signal.aborted || view !== this.#view) return;
			if (!detections) return this.#settle(this.#pipeline.blind(this.#next(this.#time.now()), "detector_failed"), null);
			if (frame.capturedAt > this.#time.now() + newerThanNowMs) return; // dated before the clock was put back
			// What was noticed meanwhile stays as it was: what is seen late counts from then.
			const capturedAt = this.#next(Math.max(frame.capturedAt, Math.min(this.#noticedAt, this.#time.now())));
			const events = this.#pipeline.see({ ...frame, capturedAt }, detections);
			this.#showWhatWasSeen(frame, capturedAt);
			await this.#settle(events, frame);
		});
	}

	blind(reason: UnknownReason): Promise<void> {
		this.#view += 1;
		return this.#fact((at) => this.#pipeline.blind(at, reason));
	}

	/** The plate of what an occupancy is about is known for sure. Resolves when the rules have it, on disk. */
	knowPlate(occupancyId: string, plate: KnownPlate): Promise<void> {
		return this.#fact((at) => this.#pipeline.plate(at, occupancyId, plate));
	}

	/** Time passes: silence is noticed, also that of the model. Left out during a look that takes no longer than looks do. */
	async tick(): Promise<void> {
		if (!this.#facts.idle) return;
		if (this.#looksSince !== null && performance.now() - this.#looksSince < usualLookMs) return;
		await this.#fact((at) => this.#pipeline.tick(at));
	}

	/** New zones: what stands in a zone that stays goes on, without a new connection. */
	adoptScene(scene: CameraScene): Promise<void> {
		this.#view += 1;
		return this.#fact((at) => this.#pipeline.adoptScene(scene, at));
	}

	/** For the end of a run. */
	async end(): Promise<void> {
		this.#time.note(this.#parts.cameraId, false);
		await this.#facts.do(() => this.#parts.records.save(this.#pipeline.state, this.#time.now()));
	}

	/** The time of the next fact; what is remembered follows where the clock was set. */
	#next(at: number): number {
		const byMs = this.#time.takenMs - this.#takenMs;
		if (byMs === 0) return this.#clock.next(at);
		this.#takenMs = this.#time.takenMs;
		this.#pipeline.moveInstants(byMs);
		this.#clock.move(byMs);
		this.#saidAt = this.#saidAllAt = 0;
		this.#parts.log.warn(
			{ cameraId: this.#parts.cameraId, seconds: Math.round(byMs / 1000) },
			"the clock was set: times go by it from now on",
		);
		return this.#clock.next(at);
	}

	/** Null where the detector failed; then that was said. */
	async #look(frame: Frame, signal: AbortSignal): Promise<readonly Detection[] | null> {
		try {
			const detections = await withinTime(longestLookMs, signal, (inTime) => this.#pipeline.look(frame, inTime));
			this.#detectorAnswered();
			return detections;
		} catch (err) {
			if (!signal.aborted) this.#detectorFailed(err);
			return null;
		}
	}

	#showWhatWasSeen(frame: Frame, at: number): void {
		const { state, scene, lastLooks: looks, lastDetections: detections } = this.#pipeline;
		this.#parts.observe?.(frame, { at, state, scene, looks, detections });
	}

	#fact(act: (at: number) => readonly OccupancyEvent[]): Promise<void> {
		return this.#facts.do(() => {
			this.#noticedAt = this.#time.now();
			return this.#settle(act(this.#next(this.#noticedAt)), null);
		});
	}

	/** First on disk, then said. */
	async #settle(events: readonly OccupancyEvent[], frame: Frame | null): Promise<void> {
		const { records, log, cameraId } = this.#parts;
		await records.record(this.#pipeline.state, events, frame, this.#time.now(), this.#pipeline.scene);
		for (const event of events) {
			if (event.kind === "exempted") this.#logExempt(event);
			if (event.kind !== "raised" && event.kind !== "cleared") continue;
			const { occupancyId, label, enteredAt } = event.period;
			log.info({ cameraId, laneId: event.zoneId, alertId: occupancyId, label, enteredAt }, `alert ${event.kind}`);
		}
		this.#time.note(cameraId, laneStates(this.#pipeline.state).some(isTaken));
		this.#sayLanes();
	}

	/** Why, and never which plate. */
	#logExempt({ zoneId: laneId, stay, alertId }: Extract<OccupancyEvent, { kind: "exempted" }>): void {
		const { exemption, label, enteredAt } = stay;
		const why = { reason: exemption.reason, label, enteredAt, alertId };
		this.#parts.log.info({ cameraId: this.#parts.cameraId, laneId, ...why }, "a vehicle is exempt by its plate");
	}

	/**
	 * What is new of each lane, and now and then everything: brokers have lost a retained message between two others that
	 * arrived, and a server may have been set back to yesterday's backup.
	 */
	#sayLanes(): void {
		const at = Math.max(this.#time.now(), this.#saidAt + 1);
		const everything = at - this.#saidAllAt >= sayAllEveryMs;
		if (everything) this.#saidAllAt = at;
		const lanes = laneStates(this.#pipeline.state);
		for (const laneId of this.#said.keys()) {
			if (lanes.some(({ zoneId }) => zoneId === laneId)) continue;
			this.#said.delete(laneId);
			this.#parts.forgetLane(laneId);
		}
		for (const lane of lanes) {
			const message = laneStateMessageOf(lane, this.#parts.cameraId, at);
			const words = JSON.stringify({ ...message, at: 0 });
			if (!everything && this.#said.get(lane.zoneId) === words) continue;
			this.#said.set(lane.zoneId, words);
			this.#saidAt = at;
			this.#parts.log.debug({ message }, "lane state");
			this.#parts.say(message);
		}
	}

	#detectorAnswered(): void {
		if (!this.#detectorWorks) this.#parts.log.info({ cameraId: this.#parts.cameraId }, "the detector works again");
		this.#detectorWorks = true;
	}

	#detectorFailed(err: unknown): void {
		if (this.#detectorWorks) {
			const { log, cameraId } = this.#parts;
			log.error({ err, cameraId }, "the detector failed: the camera's lanes are unknown until it works again");
		}
		this.#detectorWorks = false;
	}
}

/** Nothing may stand in it, or be about to, where the clock is to be set. */
const isTaken = ({ state, open }: LaneReport) => open !== null || (state !== "clear" && state !== "unknown");
