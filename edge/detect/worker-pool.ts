import type { Worker } from "node:worker_threads";
import type { Logger } from "#platform/log.ts";
import { backoffMs, wait } from "#platform/wait.ts";
import { startTypescriptWorker } from "#platform/worker-thread.ts";
import { DetectorError } from "./detector.ts";
import { LookQueue } from "./look-queue.ts";

/** Two pictures of one camera, each looked at in up to four parts. More than that would be old before it is seen. */
const mostWaitingPerCamera = 8;
/** A look takes a fifth of a second; a worker that is silent this long hangs. */
const usualHangMs = 30_000;
/** A look takes less, even where a plate is read in many places of a picture. */
const longestLookMs = 5_000;
const usualEntry = new URL("./inference-worker.ts", import.meta.url);

/** What a worker gets: its pixels are handed over, not copied. */
export interface PixelTask {
	readonly rgb: Uint8Array<ArrayBuffer>;
}

/** What a worker says: once that it is ready, then what it found at each look. */
export type WorkerAnswer<Found> =
	| { readonly kind: "ready" }
	| { readonly kind: "found"; readonly found: Found }
	| { readonly kind: "failed"; readonly why: string };

export interface WorkerPoolOptions {
	readonly workers: number;
	readonly log: Logger;
	readonly hangsAfterMs?: number;
	/** The module that a worker runs; another one only in tests of what happens when it dies. */
	readonly entry?: URL;
}

interface Waiting<Task, Found> {
	readonly task: Task;
	readonly signal: AbortSignal | undefined;
	resolve(found: Found): void;
	reject(error: unknown): void;
}

/** Worker threads that look at pictures, one at a time each. One that dies is replaced; its look fails. */
export class WorkerPool<Task extends PixelTask, Found> {
	readonly #queue = new LookQueue<Waiting<Task, Found>>(mostWaitingPerCamera);
	readonly #idle: Worker[] = [];
	readonly #busy = new Map<Worker, { look: Waiting<Task, Found>; hangTimer: NodeJS.Timeout }>();
	readonly #ending = new AbortController();
	readonly #model: { readonly name: string };
	readonly #log: Logger;
	readonly #hangsAfterMs: number;
	readonly #entry: URL;

	private constructor(
		model: { readonly name: string },
		{ log, hangsAfterMs = usualHangMs, entry = usualEntry }: WorkerPoolOptions,
	) {
		this.#model = model;
		this.#log = log;
		this.#hangsAfterMs = hangsAfterMs;
		this.#entry = entry;
	}

	/**
	 * @param model plain data for the workers
	 * @throws DetectorError when the model cannot be opened
	 */
	static async start<Task extends PixelTask, Found>(
		model: { readonly name: string },
		options: WorkerPoolOptions,
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

	/**
	 * Ends every worker; what waits or runs fails at once. A thread is ended between two looks: one that is torn out of the
	 * midst of a model's run takes the whole process along.
	 */
	async close(): Promise<void> {
		this.#ending.abort();
		const closed = new DetectorError("the detector is closed");
		for (let look = this.#queue.take(); look; look = this.#queue.take()) look.reject(closed);
		const busy = [...this.#busy.keys()];
		for (const { look, hangTimer } of this.#busy.values()) {
			clearTimeout(hangTimer);
			look.reject(closed);
		}
		this.#busy.clear();
		await Promise.all(busy.map((worker) => answered(worker)));
		await Promise.all([...this.#idle.splice(0), ...busy].map((worker) => worker.terminate()));
	}

	#handOut(): void {
		while (this.#idle.length > 0) {
			const look = this.#queue.take();
			if (!look) return;
			const worker = this.#idle.pop();
			if (!worker) return;
			const hangTimer = setTimeout(() => {
				this.#log.error({ afterMs: this.#hangsAfterMs }, "a detector worker hangs and is ended");
				void worker.terminate();
			}, this.#hangsAfterMs);
			this.#busy.set(worker, { look, hangTimer });
			worker.postMessage(look.task, [look.task.rgb.buffer]);
		}
	}

	async #startWorker(): Promise<void> {
		const worker = startTypescriptWorker(this.#entry, { workerData: this.#model });
		let lastError: Error | null = null;
		await new Promise<void>((resolve, reject) => {
			let ready = false;
			worker.on("message", (answer: WorkerAnswer<Found>) => {
				if (answer.kind === "ready") {
					ready = true;
					this.#idle.push(worker);
					resolve();
				} else if (!ready) {
					reject(new DetectorError(`the model ${this.#model.name} cannot be run: ${whyOf(answer)}`));
					void worker.terminate();
				} else this.#finish(worker, answer);
			});
			worker.on("error", (error: Error) => {
				lastError = error;
			});
			worker.on("exit", () => {
				const why = lastError ? `: ${lastError.message}` : "";
				if (ready) void this.#replace(worker, why);
				else reject(new DetectorError(`a detector worker did not start${why}`));
			});
		});
		if (this.#ending.signal.aborted) await worker.terminate();
	}

	#finish(worker: Worker, answer: WorkerAnswer<Found>): void {
		const work = this.#busy.get(worker);
		if (!work) return;
		clearTimeout(work.hangTimer);
		this.#busy.delete(worker);
		if (answer.kind === "found") work.look.resolve(answer.found);
		else work.look.reject(new DetectorError(`the model could not be run on a picture: ${whyOf(answer)}`));
		this.#idle.push(worker);
		this.#handOut();
	}

	async #replace(dead: Worker, why: string): Promise<void> {
		const work = this.#busy.get(dead);
		this.#busy.delete(dead);
		if (work) clearTimeout(work.hangTimer);
		work?.look.reject(new DetectorError(`a detector worker died${why}`));
		const at = this.#idle.indexOf(dead);
		if (at >= 0) this.#idle.splice(at, 1);
		for (let attempt = 0; !this.#ending.signal.aborted; attempt++) {
			this.#log.error({ attempt }, `a detector worker died${why} and is replaced`);
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

/** Its next word, its end, or enough waiting. */
function answered(worker: Worker): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, longestLookMs);
		const done = () => {
			clearTimeout(timer);
			resolve();
		};
		worker.once("message", done);
		worker.once("exit", done);
	});
}

const whyOf = (answer: WorkerAnswer<unknown>): string => (answer.kind === "failed" ? answer.why : answer.kind);

function reasonOf(signal: AbortSignal): Error {
	return signal.reason instanceof Error ? signal.reason : new Error("given up", { cause: signal.reason });
}
