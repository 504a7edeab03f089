import type { z } from "zod";
import { readValue } from "#contract/read-value.ts";
import type { Confinement } from "#platform/confined-child.ts";
import type { Logger } from "#platform/log.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import type { WorkerAnswer } from "#platform/worker/serve-tasks.ts";
import { WorkerProcess } from "#platform/worker/worker-process.ts";
import { DetectorError } from "./detector.ts";
import { LookQueue } from "./look-queue.ts";

/** Two pictures of one camera, each looked at in up to four parts. More than that would be old before it is seen. */
const mostWaitingPerCamera = 8;
/** A look takes a fifth of a second; a worker that is silent this long hangs. */
const usualHangMs = 30_000;
/** The models that we offer take up to 0.6 GiB with the largest picture; one that a site adds may be larger. */
const mostMemoryBytes = 3 * 2 ** 30;
export const confinementOfModels: Confinement = {
	...{ memoryBytes: mostMemoryBytes, memoryIs: "data", fileBytes: 0 },
	...{ needsNetwork: false, needsFiles: "at first" },
};

/** What a worker gets: plain data, and pixels. */
export interface PixelTask {
	readonly rgb: Uint8Array<ArrayBuffer>;
}

export interface WorkerPoolOptions<Found> {
	/** The module that a worker runs. */
	readonly entry: URL;
	/** What it finds: its word is not taken for more than this. */
	readonly found: z.ZodType<Found>;
	readonly workers: number;
	readonly log: Logger;
	readonly hangsAfterMs?: number;
	/** 0 to 19: the less urgent the higher. */
	readonly nice?: number;
}

interface Waiting<Task, Found> {
	readonly task: Task;
	readonly signal: AbortSignal | undefined;
	resolve(found: Found): void;
	reject(error: unknown): void;
}

/**
 * Processes that look at pictures, one at a time each, and can do nothing else. One that dies is replaced; its look fails.
 */
export class WorkerPool<Task extends PixelTask, Found> {
	readonly #queue = new LookQueue<Waiting<Task, Found>>(mostWaitingPerCamera);
	readonly #all = new Set<WorkerProcess>();
	readonly #idle: WorkerProcess[] = [];
	readonly #busy = new Map<WorkerProcess, { look: Waiting<Task, Found>; hangTimer: NodeJS.Timeout }>();
	readonly #ending = new AbortController();
	readonly #model: { readonly name: string };
	readonly #options: WorkerPoolOptions<Found>;

	private constructor(model: { readonly name: string }, options: WorkerPoolOptions<Found>) {
		this.#model = model;
		this.#options = options;
	}

	/**
	 * @param model plain data for the workers
	 * @throws DetectorError when the model cannot be opened
	 */
	static async start<Task extends PixelTask, Found>(
		model: { readonly name: string },
		options: WorkerPoolOptions<Found>,
	): Promise<WorkerPool<Task, Found>> {
		const pool = new WorkerPool<Task, Found>(model, options);
		try {
			await Promise.all(Array.from({ length: options.workers }, () => pool.#startWorker()));
		} catch (error) {
			await pool.close();
			throw error;
		}
		return pool;
	}

	/** How many looks wait for a worker. */
	get waiting(): number {
		return this.#queue.size;
	}

	/** What each of these looks found, in their order, or nothing: a picture that is half seen is of no use. */
	look(cameraId: string, tasks: readonly Task[], signal?: AbortSignal): Promise<Found[]> {
		if (this.#ending.signal.aborted) return Promise.reject(new DetectorError("the detector is closed"));
		if (signal?.aborted) return Promise.reject(reasonOf(signal));
		const looks: Waiting<Task, Found>[] = [];
		const found = Promise.all(
			tasks.map((task) => new Promise<Found>((resolve, reject) => looks.push({ task, signal, resolve, reject }))),
		);
		const giveUp = () => {
			this.#queue.drop((each) => looks.includes(each));
			if (signal) for (const each of looks) each.reject(reasonOf(signal));
		};
		if (!this.#queue.offer(cameraId, looks)) {
			const late = new DetectorError(`the detector is not keeping up: ${cameraId || "a camera"} has looks waiting`);
			for (const each of looks) each.reject(late);
		}
		signal?.addEventListener("abort", giveUp, { once: true });
		this.#handOut();
		return found.finally(() => {
			signal?.removeEventListener("abort", giveUp);
			this.#queue.drop((each) => looks.includes(each));
		});
	}

	/** Ends every worker at once; what waits or runs fails. */
	async close(): Promise<void> {
		this.#ending.abort();
		const closed = new DetectorError("the detector is closed");
		for (let look = this.#queue.take(); look; look = this.#queue.take()) look.reject(closed);
		for (const { look, hangTimer } of this.#busy.values()) {
			clearTimeout(hangTimer);
			look.reject(closed);
		}
		this.#busy.clear();
		await Promise.all([...this.#all].map((worker) => worker.kill()));
	}

	#handOut(): void {
		while (this.#idle.length > 0) {
			const look = this.#queue.take();
			if (!look) return;
			const worker = this.#idle.pop();
			if (!worker) return;
			const { log, hangsAfterMs = usualHangMs } = this.#options;
			const hangTimer = setTimeout(() => {
				log.error({ afterMs: hangsAfterMs }, "a detector worker hangs and is ended");
				void worker.kill();
			}, hangsAfterMs);
			this.#busy.set(worker, { look, hangTimer });
			const { rgb, ...words } = look.task;
			worker.give(words, rgb);
		}
	}

	async #startWorker(): Promise<void> {
		const { entry, nice = 0 } = this.#options;
		let onAnswer: (answer: WorkerAnswer) => void;
		const firstAnswer = new Promise<WorkerAnswer>((resolve) => (onAnswer = resolve));
		const worker = new WorkerProcess(entry, this.#model, {
			confinement: { ...confinementOfModels, nice },
			onAnswer: (answer) => onAnswer(answer),
		});
		this.#all.add(worker);
		const died = worker.ended.then((why) => {
			this.#all.delete(worker);
			throw new DetectorError(`a detector worker did not start: ${why}`);
		});
		const answer = await Promise.race([firstAnswer, died]);
		if (answer.kind !== "ready") {
			await worker.kill();
			throw new DetectorError(`the model ${this.#model.name} cannot be run: ${whyOf(answer)}`);
		}
		onAnswer = (next) => this.#finish(worker, next);
		this.#idle.push(worker);
		void worker.ended.then((why) => this.#replace(worker, why));
	}

	#finish(worker: WorkerProcess, answer: WorkerAnswer): void {
		const work = this.#busy.get(worker);
		if (!work) return;
		const found = answer.kind === "found" ? readValue(this.#options.found, answer.found) : null;
		if (found?.success) work.look.resolve(found.data);
		else if (answer.kind === "failed")
			work.look.reject(new DetectorError(`the model could not be run on a picture: ${answer.why}`));
		else return void worker.kill(); // it has lost its mind, or somebody has taken it
		clearTimeout(work.hangTimer);
		this.#busy.delete(worker);
		this.#idle.push(worker);
		this.#handOut();
	}

	async #replace(dead: WorkerProcess, why: string): Promise<void> {
		const work = this.#busy.get(dead);
		this.#busy.delete(dead);
		if (work) clearTimeout(work.hangTimer);
		work?.look.reject(new DetectorError(`a detector worker died: ${why}`));
		const at = this.#idle.indexOf(dead);
		if (at >= 0) this.#idle.splice(at, 1);
		for (let attempt = 0; !this.#ending.signal.aborted; attempt++) {
			this.#options.log.error({ attempt, why }, "a detector worker died and is replaced");
			try {
				await this.#startWorker();
				this.#handOut();
				return;
			} catch {
				await wait(backoffMs(attempt), this.#ending.signal);
			}
		}
	}
}

const whyOf = (answer: WorkerAnswer): string => (answer.kind === "failed" ? answer.why : answer.kind);

function reasonOf(signal: AbortSignal): Error {
	return signal.reason instanceof Error ? signal.reason : new Error("given up", { cause: signal.reason });
}
