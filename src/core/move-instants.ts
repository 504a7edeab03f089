import type { CameraState } from "./camera.ts";

/**
 * The same state, had everything happened `byMs` later: for when a clock that was wrong is set. How long things have
 * stood stays as it is.
 */
export function moveInstants(state: CameraState, byMs: number): CameraState {
	return moved(state, byMs) as CameraState;
}

/** Instants of a state are named so everywhere. */
const isInstant = (key: string) => /^(?:at|since|until|countsFrom)$|(?:At|Since)$/.test(key);
/** `confirmedAt` is of the server's clock; `watchedSince` is the name of a counter, which goes on. */
const stays: readonly string[] = ["confirmedAt", "watchedSince"];

/** Neither "never" nor "from the beginning" is an instant. */
const later = (at: number, byMs: number) => (at > 0 ? at + byMs : at);

function moved(value: unknown, byMs: number, key = ""): unknown {
	const isMoved = isInstant(key) && !stays.includes(key);
	if (typeof value === "number") return isMoved ? later(value, byMs) : value;
	if (value instanceof Float64Array) return isMoved ? value.map((at) => later(at, byMs)) : value;
	if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
	if (Array.isArray(value)) return value.map((each) => moved(each, byMs));
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, moved(each, byMs, name)]));
}
