import type { AlertMessage } from "#contract/messages/index.ts";
import { steadyNow } from "../clock/steady-clock.ts";
import { laterThan, Outbox, type Refusal, type Waiting } from "../publish/outbox.ts";
import type { DurableWrites } from "./durable-writes.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/**
 * The outbox that goes on while its disk does not: messages that could not be written are sent from memory, and what
 * the server has acknowledged is not sent again although it could not be deleted.
 */
export class SteadyOutbox extends Outbox {
	readonly #writes: DurableWrites;
	/** The server has had its word about these; the disk does not know yet. */
	readonly #done = new Set<string>();
	#lastInstant = 0;
	#sizeOnDisk = 0;

	constructor(store: EdgeStore, writes: DurableWrites) {
		super(store, steadyNow);
		this.#writes = writes;
	}

	override put(message: AlertMessage): void {
		if (!this.#done.has(message.id)) super.put(message);
	}

	override pending(limit: number): readonly Waiting[] {
		this.#catchUp();
		let onDisk: readonly Waiting[] = [];
		attempt(() => {
			onDisk = super.pending(limit, this.#done);
		});
		const inMemory = this.#inMemory().map((message) => ({ id: message.id, body: JSON.stringify(message) }));
		return oldestOfEachLane([...onDisk, ...inMemory]).slice(0, limit);
	}

	override acknowledge(ids: readonly string[]): void {
		for (const id of ids) this.#done.add(id);
		this.#catchUp();
	}

	override refuse(refusals: readonly Refusal[]): void {
		if (this.#writes.settled && attempt(() => super.refuse(refusals))) return;
		for (const { id } of refusals) this.#done.add(id);
	}

	/** Where the disk cannot be read, as many of it as there were last. */
	override get size(): number {
		attempt(() => {
			this.#sizeOnDisk = super.count("refused_at IS NULL", this.#done);
		});
		return this.#sizeOnDisk + this.#inMemory().length;
	}

	override nextInstant(): number {
		let at: number | undefined;
		attempt(() => {
			at = super.nextInstant();
		});
		this.#lastInstant = laterThan(this.#lastInstant, at ?? steadyNow());
		return this.#lastInstant;
	}

	#inMemory(): AlertMessage[] {
		return this.#writes.waitingAlerts().filter(({ id }) => !this.#done.has(id));
	}

	/** Once everything is on disk, the disk is told what is done. */
	#catchUp(): void {
		if (this.#done.size === 0 || !this.#writes.settled) return;
		const done = [...this.#done];
		if (attempt(() => super.acknowledge(done))) this.#done.clear();
	}
}

/** In order of putting; a message waits while an older one of its lane and camera does. */
function oldestOfEachLane(waiting: readonly Waiting[]): Waiting[] {
	const lanes = new Set<string>();
	return waiting.filter(({ body }) => {
		const { laneId, cameraId } = JSON.parse(body) as AlertMessage;
		const lane = `${laneId} ${cameraId}`;
		return !lanes.has(lane) && lanes.add(lane);
	});
}

/** False where the disk does not do it; then DurableWrites has said so, or says so with the next alert. */
function attempt(act: () => void): boolean {
	try {
		act();
		return true;
	} catch {
		return false;
	}
}
