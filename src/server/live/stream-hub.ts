import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import type { StreamJob } from "#contract/edge-jobs.ts";
import { type StreamForm, streamCloseCodes, type StreamRefusal, type StreamWords } from "#contract/live-stream.ts";
import { findCamera } from "../cameras/cameras-store.ts";
import { type EdgeRow, findEdge } from "../edges/edges-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { liveLimits } from "./live-limits.ts";
import { SharedStream } from "./shared-stream.ts";
import { StreamViewer } from "./stream-viewer.ts";

interface Running {
	readonly cameraId: string;
	readonly edgeId: string;
	readonly stream: SharedStream;
	/** Ids of the jobs by which the edge was asked: an edge does none twice. */
	readonly jobs: Map<string, StreamJob>;
}

export interface Watcher {
	readonly userId: string;
	/** Whether the person is still signed in and may see the camera. */
	readonly mayGoOn: () => boolean;
}

/** All live video that runs, in memory alone: pages ask again after a restart. */
export class StreamHub {
	readonly #parts: ServerParts;
	readonly #running = new Map<string, Running>();
	#timer: NodeJS.Timeout | null = null;
	#ticks = 0;

	constructor(parts: ServerParts) {
		this.#parts = parts;
	}

	/** How many streams come from edges, and how many viewers they have. */
	count(): { streams: number; viewers: number } {
		const all = [...this.#running.values()];
		return {
			streams: all.filter(({ stream }) => stream.hasEdge).length,
			viewers: all.reduce((sum, { stream }) => sum + stream.viewers.size, 0),
		};
	}

	/** A page watches until it closes its socket, its session ends, or the camera is removed. */
	watch(socket: WebSocket, camera: { id: string; edgeId: string }, form: StreamForm, watcher: Watcher): void {
		const { stream } = this.#find(camera, form);
		const refusal = this.#refusal(stream, watcher.userId);
		if (refusal) {
			socket.send(JSON.stringify({ state: "refused", reason: refusal } satisfies StreamWords));
			socket.close(streamCloseCodes.refused);
			if (stream.viewers.size === 0) this.#forgetUnused();
			return;
		}
		const viewer = new StreamViewer(socket, watcher.userId, watcher.mayGoOn);
		socket.once("close", () => stream.remove(viewer));
		stream.add(viewer);
		stream.tick();
		this.#timer ??= setInterval(() => this.#tick(), 1_000);
	}

	/** The job of this id, for the edge whose it is. */
	findJob(edge: EdgeRow, jobId: string): StreamJob | null {
		return this.#byJob(edge, jobId)?.jobs.get(jobId) ?? null;
	}

	/** False where nobody waits for it any more. */
	takeEdge(socket: WebSocket, edge: EdgeRow, jobId: string): boolean {
		const running = this.#byJob(edge, jobId);
		running?.stream.takeEdge(socket);
		return running !== null;
	}

	close(): void {
		if (this.#timer) clearInterval(this.#timer);
		this.#timer = null;
		for (const { stream } of this.#running.values()) stream.end();
		this.#running.clear();
	}

	#byJob(edge: EdgeRow, jobId: string): Running | null {
		return [...this.#running.values()].find(({ edgeId, jobs }) => edgeId === edge.id && jobs.has(jobId)) ?? null;
	}

	#find({ id: cameraId, edgeId }: { id: string; edgeId: string }, form: StreamForm): Running {
		const key = `${cameraId} ${form}`;
		const known = this.#running.get(key);
		if (known) return known;
		const jobs = new Map<string, StreamJob>();
		const ask = () => this.#ask(edgeId, jobs, { kind: "stream", cameraId, form });
		const running = { cameraId, edgeId, jobs, stream: new SharedStream({ now: this.#parts.now, ask }) };
		this.#running.set(key, running);
		return running;
	}

	#ask(edgeId: string, jobs: Map<string, StreamJob>, what: Omit<StreamJob, "id">): void {
		const { store, notifier } = this.#parts;
		const edge = findEdge(store, edgeId);
		if (!edge) return;
		const id = `stream-${randomBytes(12).toString("hex")}`;
		jobs.set(id, { id, ...what });
		for (const old of [...jobs.keys()].slice(0, -3)) jobs.delete(old);
		notifier.publishJob({ siteId: edge.siteId, edgeId }, id);
	}

	#refusal(stream: SharedStream, userId: string): StreamRefusal | null {
		const all = [...this.#running.values()].flatMap(({ stream: { viewers } }) => [...viewers]);
		const ofPerson = all.filter((viewer) => viewer.userId === userId).length;
		const { viewersPerCamera, viewersPerPerson, viewersInAll } = liveLimits;
		const isFull =
			stream.viewers.size >= viewersPerCamera || ofPerson >= viewersPerPerson || all.length >= viewersInAll;
		return isFull ? "too_many_viewers" : null;
	}

	#tick(): void {
		this.#ticks += 1;
		const isCheck = this.#ticks % (liveLimits.checkEveryMs / 1_000) === 0;
		for (const [key, { cameraId, edgeId, stream }] of this.#running) {
			if (isCheck && findCamera(this.#parts.store, cameraId)?.edgeId !== edgeId) stream.end();
			if (findEdge(this.#parts.store, edgeId)?.revokedAt !== null) stream.end();
			if (isCheck) for (const viewer of stream.viewers) viewer.check();
			stream.tick();
			if (stream.isOver) {
				stream.end();
				this.#running.delete(key);
			}
		}
		if (this.#running.size > 0 || !this.#timer) return;
		clearInterval(this.#timer);
		this.#timer = null;
	}

	#forgetUnused(): void {
		for (const [key, { stream }] of this.#running) {
			if (stream.viewers.size === 0 && !stream.hasEdge) this.#running.delete(key);
		}
	}
}

const hubs = new WeakMap<Store, StreamHub>();

/** The one of this server. */
export function streamHubOf(parts: ServerParts): StreamHub {
	const hub = hubs.get(parts.store) ?? new StreamHub(parts);
	hubs.set(parts.store, hub);
	return hub;
}
