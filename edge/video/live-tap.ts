import { ArrivalClock } from "./arrival-clock.ts";
import type { Fragment, FragmentHead } from "./fragment-reader.ts";

/** Who watches a camera's stream. Must neither wait nor throw, and copies what it keeps. */
export interface LiveSink {
	/** With every session of the camera: what follows has nothing to do with what was before. */
	onHead(head: FragmentHead): void;
	/** @param startedAt when its first picture came, Unix ms */
	onFragment(fragment: Fragment, startedAt: number): void;
}

/** Where one camera's stream can be watched, over all its sessions. While nobody does, nothing is kept but the head. */
export class LiveTap {
	readonly #sinks = new Set<LiveSink>();
	#head: FragmentHead | null = null;
	#clock = new ArrivalClock();

	/** Returns how to end it. */
	watch(sink: LiveSink): () => void {
		this.#sinks.add(sink);
		if (this.#head) sink.onHead(this.#head);
		return () => this.#sinks.delete(sink);
	}

	/** @param at when it came (Unix ms) */
	take(piece: FragmentHead | Fragment, at: number) {
		if (piece.kind === "head") {
			this.#head = piece;
			this.#clock = new ArrivalClock();
			for (const sink of this.#sinks) sink.onHead(piece);
			return;
		}
		this.#clock.arrived(piece.startMs + piece.durationMs, at);
		if (this.#sinks.size === 0) return;
		const startedAt = this.#clock.wallClockOf(piece.startMs);
		for (const sink of this.#sinks) sink.onFragment(piece, startedAt);
	}

	/** The session is over. */
	end() {
		this.#head = null;
	}
}

/** The taps of all cameras that are watched by the rules. */
export class LiveTaps {
	readonly #taps = new Map<string, LiveTap>();

	of(cameraId: string): LiveTap {
		const tap = this.#taps.get(cameraId) ?? new LiveTap();
		this.#taps.set(cameraId, tap);
		return tap;
	}

	/** Null for a camera that is not this edge's. */
	known(cameraId: string): LiveTap | null {
		return this.#taps.get(cameraId) ?? null;
	}

	forget(cameraId: string) {
		this.#taps.delete(cameraId);
	}
}
