import type { CameraScene, CameraState } from "#core/camera.ts";
import type { OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { policyAt } from "#core/policy/rules-at.ts";
import { defaultPolicy } from "#core/scene.ts";
import type { AlertMessage } from "#contract/messages/index.ts";
import { alertMessageOf } from "./alert-messages.ts";
import { steadyNow } from "./clock/steady-clock.ts";
import type { EvidenceFolder } from "./evidence/evidence-folder.ts";
import { evidenceId } from "./evidence/evidence-plan.ts";
import type { SetKeeper } from "./evidence/set-keeper.ts";
import type { StillKeeper } from "./evidence/still-keeper.ts";
import type { AlertFacts, AlertFactsStore } from "./store/alert-facts.ts";
import type { CameraStates } from "./store/camera-states.ts";
import type { DurableWrites } from "./store/durable-writes.ts";
import type { EntryStills } from "./store/entry-stills.ts";
import type { ExemptStays } from "./store/exempt-stays.ts";
import type { EvidenceJobs, KeptFile } from "./store/evidence-jobs.ts";
import type { SteadyStates } from "./store/steady-states.ts";
import type { Frame } from "./video/frame.ts";

export interface CameraRecordsParts {
	readonly writes: DurableWrites;
	readonly states: CameraStates;
	readonly steadyStates: SteadyStates;
	readonly outbox: { put(message: AlertMessage): void };
	readonly entries: EntryStills;
	readonly jobs: EvidenceJobs;
	readonly sets: SetKeeper;
	readonly facts: AlertFactsStore;
	readonly exempt: ExemptStays;
	readonly stills: StillKeeper;
	readonly folder: EvidenceFolder;
	/** There is something new to be sent. */
	readonly onEvidence: () => void;
}

/**
 * Makes durable what the rules said about one camera. The order of steps: the stills lie whole on disk; then one
 * transaction holds the rules' new state, the alert messages and the evidence that is to be made and sent; only then is
 * anything told to others. After a crash before the transaction the rules start from the state before it and say the
 * same again, with the same ids. Without events the state alone is written, after every look: a crash costs the look at
 * which it came.
 */
export class CameraRecords {
	readonly #cameraId: string;
	readonly #parts: CameraRecordsParts;
	/** What is on disk, or on its way there. */
	#saved: CameraState | undefined;

	constructor(cameraId: string, parts: CameraRecordsParts) {
		this.#cameraId = cameraId;
		this.#parts = parts;
	}

	load(at: number): CameraState | undefined {
		this.#saved = this.#parts.states.load(this.#cameraId, at);
		return this.#saved;
	}

	/**
	 * Resolves when it is on disk, or waits in memory for a disk that takes nothing.
	 * @param frame the picture in which it was seen, where there was one
	 * @param at now, in ms
	 * @param scene what the rules went by
	 */
	async record(
		state: CameraState,
		events: readonly OccupancyEvent[],
		frame: Frame | null,
		at: number,
		scene?: CameraScene,
	): Promise<void> {
		if (events.length === 0) return this.#saveState(state, at);
		const kept = frame ? await this.#keepStills(events, frame) : new Map<OccupancyEvent, KeptFile>();
		const alerts = events.flatMap((event) => alertMessageOf(event, this.#cameraId) ?? []);
		let dropped: string[] = [];
		const capturedAt = frame?.capturedAt ?? null; // alone: what waits for the disk must not hold pictures
		this.#begin(state);
		this.#parts.writes.write({
			alerts,
			apply: () => {
				this.#parts.states.save(this.#cameraId, state, at);
				for (const alert of alerts) this.#parts.outbox.put(alert);
				dropped = events.flatMap((event) => [
					...this.#plan(event, kept.get(event), capturedAt, at),
					...this.#planSet(event, scene, at),
				]);
				this.#noteFacts(events, scene);
				this.#noteExempt(events);
			},
			afterwards: () => {
				for (const file of dropped) void this.#parts.folder.remove(file);
				this.#parts.onEvidence();
			},
		});
	}

	/** For good: the camera is no longer watched. */
	forget(): void {
		this.#parts.steadyStates.forget(this.#cameraId);
		this.#parts.writes.write({
			alerts: [],
			apply: () => {
				this.#parts.states.remove(this.#cameraId);
				this.#parts.entries.removeOf(this.#cameraId);
				this.#parts.sets.forgetCamera(this.#cameraId, steadyNow());
				this.#parts.exempt.endOf(this.#cameraId, steadyNow());
			},
		});
	}

	/** For the end of a run. */
	save(state: CameraState, at: number): void {
		this.#begin(state);
		this.#parts.writes.write({ alerts: [], apply: () => this.#parts.states.save(this.#cameraId, state, at) });
	}

	/** Time that only passes changes nothing, and costs the disk nothing. */
	async #saveState(state: CameraState, at: number): Promise<void> {
		if (state === this.#saved) return;
		this.#saved = state;
		await this.#parts.steadyStates.save(this.#cameraId, state, at);
	}

	/** An older state that waits for the disk must not overtake this one. */
	#begin(state: CameraState): void {
		this.#saved = state;
		this.#parts.steadyStates.forget(this.#cameraId);
	}

	async #keepStills(events: readonly OccupancyEvent[], frame: Frame): Promise<Map<OccupancyEvent, KeptFile>> {
		const kept = new Map<OccupancyEvent, KeptFile>();
		for (const event of events) {
			const name = stillName(event);
			const file = name && (await this.#parts.stills.keep(name, frame));
			if (file) kept.set(event, file);
		}
		return kept;
	}

	/** Inside the transaction. */
	#noteFacts(events: readonly OccupancyEvent[], scene: CameraScene | undefined): void {
		const { facts } = this.#parts;
		for (const event of events) {
			if (event.kind === "raised") {
				facts.put(factsOf(this.#cameraId, event.period, scene, this.#parts.sets.lawBasisOf(event.period.occupancyId)));
			}
			if (event.kind === "cleared") facts.cleared(event.period.occupancyId, event.period.clearedAt ?? event.at);
		}
	}

	/** Inside the transaction. */
	#noteExempt(events: readonly OccupancyEvent[]): void {
		const { exempt, sets } = this.#parts;
		for (const event of events) {
			if (event.kind === "exemptionEnded") exempt.end(event.stay.id, event.endedAt, event.why);
			if (event.kind !== "exempted") continue;
			if (event.alertId === null) exempt.begin(this.#cameraId, event.zoneId, event.stay);
			else sets.exempted(event.alertId, event.stay.exemption);
		}
	}

	/** Inside the transaction. Returns files that are not needed once it is on disk. */
	#plan(event: OccupancyEvent, still: KeptFile | undefined, capturedAt: number | null, at: number): string[] {
		const { entries, jobs } = this.#parts;
		const cameraId = this.#cameraId;
		switch (event.kind) {
			case "entered": {
				const before = entries.take(event.zoneId);
				if (still && capturedAt !== null) entries.put({ ...still, zoneId: event.zoneId, cameraId, capturedAt });
				return before && before.file !== still?.file ? [before.file] : [];
			}
			case "left": {
				const entry = entries.take(event.zoneId);
				return entry ? [entry.file] : [];
			}
			case "raised": {
				const alertId = event.period.occupancyId;
				const entry = entries.take(event.zoneId);
				const base = { alertId, cameraId };
				if (entry) {
					const { file, bytes, sha256, capturedAt: enteredAt } = entry;
					const id = evidenceId(alertId, "still_entry");
					jobs.addStill({ ...base, id, kind: "still_entry", file, bytes, sha256, capturedAt: enteredAt }, at);
				}
				if (still && capturedAt !== null) {
					const id = evidenceId(alertId, "still_raised");
					jobs.addStill({ ...base, ...still, id, kind: "still_raised", capturedAt }, at);
				}
				return [];
			}
			case "cleared":
			case "exempted":
			case "exemptionEnded":
			case "stateChanged":
				return [];
		}
	}

	/** Inside the transaction. Answers files that are not needed once it is on disk. */
	#planSet(event: OccupancyEvent, scene: CameraScene | undefined, at: number): string[] {
		const { sets } = this.#parts;
		switch (event.kind) {
			case "entered":
				sets.entered(this.#cameraId, event, at);
				return [];
			case "left":
				return sets.left(event.zoneId);
			case "raised": {
				const zone = scene?.zones.find(({ id }) => id === event.zoneId);
				sets.raised(this.#cameraId, event.period, zone ? policyAt(zone, event.at) : defaultPolicy, at);
				return [];
			}
			case "cleared":
				sets.cleared(event.period, event.at, event.by, at);
				return [];
			case "exempted":
			case "exemptionEnded":
			case "stateChanged":
				return [];
		}
	}
}

function factsOf(
	cameraId: string,
	period: OccupancyPeriod,
	scene: CameraScene | undefined,
	lawBasis: string | null,
): AlertFacts {
	const { occupancyId, zoneId, enteredAt, raisedAt, clearedAt } = period;
	const zone = scene?.zones.find(({ id }) => id === zoneId);
	return {
		alertId: occupancyId,
		cameraId,
		zoneId,
		laneId: zoneId, // a zone stands for the lane of the same id
		enteredAt: Math.round(enteredAt),
		raisedAt: Math.round(raisedAt),
		clearedAt: clearedAt === null ? null : Math.round(clearedAt),
		policy: zone ? { ...policyAt(zone, raisedAt) } : {},
		lawBasis,
	};
}

function stillName(event: OccupancyEvent): string | null {
	switch (event.kind) {
		case "entered":
			return `${event.zoneId}-${Math.round(event.at)}.entry.jpg`;
		case "raised":
			return `${evidenceId(event.period.occupancyId, "still_raised")}.jpg`;
		case "left":
		case "cleared":
		case "exempted":
		case "exemptionEnded":
		case "stateChanged":
			return null;
	}
}
