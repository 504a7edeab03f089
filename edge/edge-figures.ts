import type { CameraHealthMessage, EdgeFigures } from "#contract/messages/index.ts";
import { cpuTimeMs } from "#platform/cpu-time.ts";
import { freeBytesNow } from "#platform/free-bytes.ts";
import { processTree, type RunningProcess } from "#platform/process-tree.ts";
import type { CameraConnection } from "./camera-supervisor.ts";
import type { Outbox } from "./publish/outbox.ts";
import type { EvidenceJobs } from "./store/evidence-jobs.ts";

interface Sources {
	readonly dataFolder: string;
	readonly detector: { readonly waiting: number };
	readonly outbox: Pick<Outbox, "size" | "setAside">;
	readonly jobs: Pick<EvidenceJobs, "waiting">;
}

/** What this edge does, for the heartbeat. Counts what passes by; asks for the rest when it is told. */
export class FigureBook {
	readonly #startedAt = Date.now();
	readonly #online = new Map<string, boolean>();
	#frames = 0;
	#looks = 0;

	/** The same connection, its frames counted. */
	counting(connection: CameraConnection): CameraConnection {
		return {
			run: (signal, on) =>
				connection.run(signal, {
					...on,
					onFrame: (frame) => {
						this.#frames += 1;
						on.onFrame(frame);
					},
				}),
		};
	}

	looked(): void {
		this.#looks += 1;
	}

	noteHealth({ cameraId, state }: Pick<CameraHealthMessage, "cameraId" | "state">): void {
		this.#online.set(cameraId, state === "online");
	}

	forget(cameraId: string): void {
		this.#online.delete(cameraId);
	}

	/** Undefined while the database cannot be read: a heartbeat goes out all the same. */
	read(sources: Sources): EdgeFigures | undefined {
		try {
			return this.#read(sources);
		} catch {
			return undefined;
		}
	}

	#read({ dataFolder, detector, outbox, jobs }: Sources): EdgeFigures {
		const { files, bytes } = jobs.waiting();
		const processes = processTree();
		return {
			startedAt: this.#startedAt,
			cameras: this.#online.size,
			camerasOnline: [...this.#online.values()].filter(Boolean).length,
			frames: this.#frames,
			looks: this.#looks,
			waitingLooks: detector.waiting,
			waitingAlerts: outbox.size,
			refusedAlerts: outbox.setAside,
			waitingEvidence: files,
			waitingEvidenceBytes: bytes,
			freeBytes: freeBytesNow(dataFolder),
			residentBytes: residentBytesOf(processes),
			cpuMs: Math.round(cpuTimeMs(processes)),
		};
	}
}

const residentBytesOf = (processes: readonly RunningProcess[]) =>
	processes.reduce((sum, each) => sum + each.residentBytes, 0) || process.memoryUsage.rss();
