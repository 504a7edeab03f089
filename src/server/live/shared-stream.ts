import type { WebSocket } from "ws";
import {
	beatEveryMs,
	edgeStreamWords,
	lostAfterMs,
	readStreamPiece,
	setStreamPieceTime,
	streamCloseCodes,
	type StreamRefusal,
	type StreamWords,
} from "#contract/live-stream.ts";
import { liveLimits } from "./live-limits.ts";
import type { StreamViewer } from "./stream-viewer.ts";

export interface SharedStreamParts {
	/** The server's clock, Unix ms. */
	readonly now: () => number;
	/** Tells the edge to dial in. */
	readonly ask: () => void;
}

/** One camera's video, from its edge to all who watch. What they are told is the same for all. */
export class SharedStream {
	readonly viewers = new Set<StreamViewer>();
	readonly #parts: SharedStreamParts;
	readonly #begunAt = performance.now();
	#edge: WebSocket | null = null;
	/** By the monotonic clock. */
	#askedAt = -Infinity;
	#heardAt = 0;
	#videoAt = 0;
	#leftAt: number | null = null;
	#toldAt = 0;
	#words: StreamWords = { state: "connecting" };
	#head: Uint8Array | null = null;
	/** Since the last key frame; empty where that is too much. */
	#group: Uint8Array[] = [];
	#groupBytes = 0;

	constructor(parts: SharedStreamParts) {
		this.#parts = parts;
	}

	get hasEdge(): boolean {
		return this.#edge !== null;
	}

	/** Nobody has watched for a while, or nothing can come. */
	get isOver(): boolean {
		if (this.viewers.size > 0 || this.#leftAt === null) return false;
		return this.#words.state === "refused" || performance.now() - this.#leftAt >= liveLimits.lingerMs;
	}

	add(viewer: StreamViewer): void {
		this.viewers.add(viewer);
		this.#leftAt = null;
		viewer.say(this.#words);
		if (!this.#head) return;
		viewer.give(this.#head, "head");
		for (const [index, piece] of this.#group.entries()) viewer.give(piece, index === 0 ? "key" : "other");
	}

	remove(viewer: StreamViewer): void {
		this.viewers.delete(viewer);
		if (this.viewers.size === 0) this.#leftAt = performance.now();
	}

	/** The edge has dialled in. An earlier connection is given up. */
	takeEdge(socket: WebSocket): void {
		this.#edge?.close();
		this.#edge = socket;
		this.#heardAt = this.#videoAt = performance.now();
		this.#head = null;
		socket.on("message", (data: Buffer, isBinary: boolean) => {
			if (this.#edge !== socket) return;
			this.#heardAt = performance.now();
			if (isBinary) this.#takePiece(data);
			else this.#takeWords(data);
		});
		socket.once("close", () => {
			if (this.#edge !== socket) return;
			this.#edge = null;
			if (this.#words.state !== "refused") this.#tell({ state: "edge_lost" });
		});
		socket.on("error", () => socket.terminate());
	}

	/** Once a second. */
	tick(): void {
		const now = performance.now();
		if (this.#edge && now - this.#heardAt > lostAfterMs) this.#edge.terminate();
		else if (this.#edge && now - this.#videoAt > lostAfterMs) this.#tell({ state: "camera_lost" });
		if (!this.#edge && this.#words.state !== "refused") {
			if (now - this.#begunAt > liveLimits.edgeWithinMs) this.#tell({ state: "edge_lost" });
			if (this.viewers.size > 0 && now - this.#askedAt >= liveLimits.askAgainMs) {
				this.#askedAt = now;
				this.#parts.ask();
			}
		}
		if (now - this.#toldAt < beatEveryMs) return;
		this.#toldAt = now;
		for (const viewer of this.viewers) viewer.say(this.#words);
	}

	end(): void {
		this.#edge?.close();
		for (const viewer of this.viewers) viewer.close(streamCloseCodes.gone);
	}

	#takePiece(message: Buffer): void {
		const piece = readStreamPiece(message);
		if (!piece) return;
		this.#videoAt = performance.now();
		if (piece.kind === "head") {
			this.#head = message;
			this.#dropGroup();
		} else {
			setStreamPieceTime(message, this.#parts.now() - piece.time);
			this.#keepInGroup(message, piece.kind === "key");
			this.#tell({ state: "playing" });
		}
		for (const viewer of this.viewers) viewer.give(message, piece.kind);
	}

	#keepInGroup(message: Uint8Array, isKey: boolean): void {
		if (isKey) this.#dropGroup();
		else if (this.#group.length === 0) return;
		this.#group.push(message);
		this.#groupBytes += message.length;
		if (this.#groupBytes > liveLimits.groupBytes) this.#dropGroup();
	}

	#dropGroup(): void {
		this.#group = [];
		this.#groupBytes = 0;
	}

	#takeWords(data: Buffer): void {
		const words = edgeStreamWords.safeParse(parse(data));
		if (words.data?.kind === "refused") this.#refuse(words.data.reason);
	}

	#refuse(reason: StreamRefusal): void {
		this.#tell({ state: "refused", reason });
		this.#edge?.close();
	}

	#tell(words: StreamWords): void {
		if (words.state === this.#words.state) return;
		this.#words = words;
		if (words.state !== "playing") this.#dropGroup();
		for (const viewer of this.viewers) viewer.say(words);
	}
}

function parse(data: Buffer): unknown {
	try {
		return JSON.parse(data.toString("utf8"));
	} catch {
		return null;
	}
}
