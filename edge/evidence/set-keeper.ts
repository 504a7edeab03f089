import type { EvidencePlace } from "#contract/evidence-set.ts";
import { lawBasisOf } from "#core/evidence/law-basis.ts";
import type { MissingReason } from "#core/evidence/missing-reason.ts";
import type { ClearedBy, OccupancyEvent, OccupancyPeriod } from "#core/occupancy/types.ts";
import { occupancyIdOf } from "#core/occupancy/occupancy-id.ts";
import type { PlateExemption } from "#core/policy/plate-exemption.ts";
import type { Policy } from "#core/scene.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import type { EvidenceJobs, Made, UploadJob } from "../store/evidence-jobs.ts";
import type { EvidenceSets } from "../store/evidence-sets.ts";
import type { EdgeStore } from "../store/open-edge-store.ts";
import {
	beginSet,
	cameraRemoved,
	clearSet,
	isSetComplete,
	itemLost,
	itemMissing,
	plateExempted,
	raiseSet,
} from "./change-evidence-set.ts";
import type { EvidenceSet, LostReason } from "./evidence-set.ts";

type Entered = Extract<OccupancyEvent, { kind: "entered" }>;

export interface SetKeeperParts {
	readonly store: EdgeStore;
	readonly sets: EvidenceSets;
	readonly jobs: EvidenceJobs;
	/** How place and camera are called now. */
	readonly placeOf: (cameraId: string, zoneId: string) => EvidencePlace | null;
}

/**
 * Keeps what each occupancy is to have of evidence, and the jobs that come of it, in step: the set decides, the jobs
 * follow. The first four join the caller's transaction, which holds what they are told of.
 */
export class SetKeeper {
	readonly #parts: SetKeeperParts;

	constructor(parts: SetKeeperParts) {
		this.#parts = parts;
	}

	entered(cameraId: string, { zoneId, enteredAt, occupant }: Entered, at: number): void {
		const alertId = occupancyIdOf(zoneId, enteredAt);
		if (this.#parts.sets.find(alertId)) return; // told once more after a crash
		this.#begin({ alertId, cameraId, zoneId, enteredAt, ...occupant }, at);
	}

	/** Answers files that are not needed once it is on disk. */
	left(zoneId: string): string[] {
		return this.#parts.sets.dropUnraised(zoneId).flatMap((alertId) => this.#parts.jobs.dropHeld(alertId));
	}

	raised(cameraId: string, period: OccupancyPeriod, policy: Policy, at: number): void {
		const { sets, jobs } = this.#parts;
		const { occupancyId: alertId, zoneId, enteredAt, cause, box, label } = period;
		const set = sets.find(alertId) ?? this.#begin({ alertId, cameraId, zoneId, enteredAt, cause, box, label }, at);
		jobs.alertIsRaised(alertId);
		this.#change(set, raiseSet(set, period, policy), at);
	}

	cleared({ occupancyId, clearedAt }: OccupancyPeriod, seenFreeAt: number, by: ClearedBy, at: number): void {
		const set = this.#parts.sets.find(occupancyId);
		if (set) this.#change(set, clearSet(set, { clearedAt: clearedAt ?? seenFreeAt, seenFreeAt, by }), at);
	}

	/** Joins the caller's transaction. */
	exempted(alertId: string, exemption: PlateExemption): void {
		const set = this.#parts.sets.find(alertId);
		const permitId = exemption.reason === "permit" ? exemption.permitId : null;
		if (set) this.#parts.sets.put(plateExempted(set, { reason: exemption.reason, permitId }));
	}

	/** Code of the law that the occupancy is about, by what the lane is; null where nobody knows the place. */
	lawBasisOf(alertId: string): string | null {
		const place = this.#parts.sets.find(alertId)?.place;
		return place ? lawBasisOf(place.roadClass).code : null;
	}

	/** The camera is watched no more. */
	forgetCamera(cameraId: string, at: number): void {
		for (const set of this.#parts.sets.ofCamera(cameraId)) {
			if (set.raisedAt === null) this.left(set.zoneId);
			else this.#change(set, cameraRemoved(set, at), at);
		}
	}

	/**
	 * Something was made and lies on disk; in a transaction of its own. Answers false where it is wanted no more.
	 * @param note what the set says of it then
	 * @param drawn what was made of it, in the same step
	 */
	made(
		job: { readonly id: string; readonly alertId: string },
		made: Made,
		note: (set: EvidenceSet) => EvidenceSet,
		drawn: readonly Parameters<EvidenceJobs["addDrawn"]>[0][] = [],
	): boolean {
		const { store, sets, jobs } = this.#parts;
		return store
			.transaction((): boolean => {
				if (!jobs.wasMade(job.id, made)) return false;
				for (const each of drawn) jobs.addDrawn(each, job.id, steadyNow());
				const set = sets.find(job.alertId);
				if (set) sets.put(note(set));
				return true;
			})
			.immediate();
	}

	/** Something more is known of it; in a transaction of its own. Answers what the set is then, null where it is gone. */
	note(alertId: string, change: (set: EvidenceSet) => EvidenceSet): EvidenceSet | null {
		const { store, sets } = this.#parts;
		return store
			.transaction((): EvidenceSet | null => {
				const set = sets.find(alertId);
				if (!set) return null;
				const next = change(set);
				if (next !== set) sets.put(next);
				return next;
			})
			.immediate();
	}

	/**
	 * Files that no job was planned for lie on disk; in a transaction of its own. Answers false where they are wanted no
	 * more. @param note what the set says of it then
	 */
	kept(
		alertId: string,
		made: readonly Parameters<EvidenceJobs["addMade"]>[0][],
		note: (set: EvidenceSet) => EvidenceSet,
	): boolean {
		const { store, sets, jobs } = this.#parts;
		return store
			.transaction((): boolean => {
				const set = sets.find(alertId);
				if (!set) return false;
				for (const each of made) jobs.addMade(each, { raised: set.raisedAt !== null, at: steadyNow() });
				sets.put(note(set));
				return true;
			})
			.immediate();
	}

	/** It will not be made; in a transaction of its own. */
	missing(job: { readonly id: string; readonly alertId: string }, reason: MissingReason): void {
		this.#gone(job, (set) => itemMissing(set, job.id, reason));
	}

	/** The server has it; in a transaction of its own. */
	sent({ id, alertId }: Pick<UploadJob, "id" | "alertId">): void {
		const { store, jobs } = this.#parts;
		store
			.transaction(() => {
				jobs.remove(id);
				this.#forgetDone(alertId);
			})
			.immediate();
	}

	/** It was made, and will never be at the server, which is to know; in a transaction of its own. */
	lost(job: UploadJob, reason: LostReason): void {
		this.#gone(job, (set) => itemLost(set, job, reason));
	}

	/** What the server is to be told next. */
	toTell(limit: number): EvidenceSet[] {
		return this.#parts.sets.toTell(limit);
	}

	/** The server knows it; in a transaction of its own. */
	told({ alertId, revision }: EvidenceSet): void {
		const { store, sets } = this.#parts;
		store
			.transaction(() => {
				sets.told(alertId, revision);
				this.#forgetDone(alertId);
			})
			.immediate();
	}

	#gone(
		{ id, alertId }: { readonly id: string; readonly alertId: string },
		note: (set: EvidenceSet) => EvidenceSet,
	): void {
		const { store, sets, jobs } = this.#parts;
		store
			.transaction(() => {
				jobs.remove(id);
				const set = sets.find(alertId);
				if (set) sets.put(note(set));
			})
			.immediate();
	}

	/** Where nothing more is made and nothing waits that might yet be lost, it is forgotten here once the server knows it. */
	#forgetDone(alertId: string): void {
		const { sets, jobs } = this.#parts;
		if (jobs.waitsOf(alertId)) return;
		const set = sets.find(alertId);
		if (set && isSetComplete(set)) sets.removeTold(alertId);
	}

	#begin(entry: Omit<Parameters<typeof beginSet>[0], "place">, at: number): EvidenceSet {
		const { alertId, cameraId, zoneId, cause, enteredAt, box, label } = entry;
		const place = this.#parts.placeOf(cameraId, zoneId);
		const set = beginSet({ alertId, cameraId, zoneId, cause, enteredAt: Math.round(enteredAt), box, place, label });
		this.#change(null, set, at);
		return set;
	}

	/** The jobs follow: what is planned is planned there, what is planned no more goes. */
	#change(before: EvidenceSet | null, after: EvidenceSet, at: number): void {
		if (before === after) return;
		const { sets, jobs } = this.#parts;
		sets.put(after);
		const { alertId, cameraId } = after;
		const planned = new Set(after.items.filter(({ state }) => state === "planned").map(({ id }) => id));
		for (const { id, state } of before?.items ?? []) {
			if (state === "planned" && !planned.has(id)) jobs.remove(id);
		}
		for (const { id, kind, take, fromAt, toAt, state } of after.items) {
			if (state !== "planned" || take === "drawn" || take === "close_up") continue;
			const job = { id, alertId, cameraId, kind, fromAt, toAt };
			jobs.plan(take === "all" ? job : { ...job, take }, { raised: after.raisedAt !== null, at });
		}
	}
}
