import type { CameraState } from "./camera.ts";

/** Goes up whenever a state of an earlier program can no longer be read. */
const version = 1;

export function serializeCameraState(state: CameraState): string {
	return JSON.stringify({ version, state }, (_key, value: unknown) =>
		value instanceof Uint8Array ? { base64: toBase64(value) } : value,
	);
}

/** @throws Error where the text is no state, or one of another version: begin anew then. */
export function parseCameraState(text: string): CameraState {
	const parsed = JSON.parse(text, (_key, value: unknown) => (isPacked(value) ? fromBase64(value.base64) : value)) as {
		version?: unknown;
		state: CameraState;
	};
	if (parsed?.version !== version) throw new Error(`is no camera state of version ${version}`);
	return parsed.state;
}

function isPacked(value: unknown): value is { base64: string } {
	return typeof value === "object" && value !== null && "base64" in value && typeof value.base64 === "string";
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
