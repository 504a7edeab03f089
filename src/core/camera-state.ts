import type { CameraState } from "./camera-step.ts";
import type { Layers } from "./goods/layers.ts";
import { never } from "./goods/never.ts";
import { cameraStateVersion as version, upgradeCameraState } from "./upgrade-camera-state.ts";
import { layersVersion, upgradeLayers } from "./upgrade-layers.ts";

/** Everything but the layers of the goods, which change slowly and are large: see `serializeLayers`. */
export function serializeCameraState(state: CameraState): string {
	const light: CameraState = { ...state, goods: { ...state.goods, layers: null } };
	return JSON.stringify({ version, state: light }, pack);
}

/** @throws Error where the text is no state, or one of a version that nobody can read any more: begin anew then. */
export function parseCameraState(text: string): CameraState {
	const parsed = JSON.parse(text, unpack) as { version?: unknown; state?: unknown } | null;
	return upgradeCameraState(parsed?.version, parsed?.state);
}

/**
 * What a camera's empty lanes look like, in all lights. The look before is left out: after a pause it tells nothing. Of 320
 * by 180 pixels 0.8 MB with four lights, 0.35 MB once packed.
 */
export function serializeLayers(layers: Layers): string {
	return JSON.stringify({ version: layersVersion, layers: { ...layers, passing: null } }, pack);
}

/** @throws Error where the text is none, or of a version that nobody can read any more: they are learned anew then. */
export function parseLayers(text: string): Layers {
	const parsed = JSON.parse(text, unpack) as { version?: unknown; layers?: unknown } | null;
	const layers = upgradeLayers(parsed?.version, parsed?.layers);
	const { grid, passingSince } = layers;
	return {
		...layers,
		passing: new Uint8Array(grid.width * grid.height),
		passingSince: new Float64Array(passingSince.length).fill(never),
	};
}

const arrayKinds = { Uint8Array, Uint16Array, Float32Array, Float64Array };
type ArrayKind = keyof typeof arrayKinds;

function pack(_key: string, value: unknown): unknown {
	if (!ArrayBuffer.isView(value)) return value;
	const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	return { kind: value.constructor.name, base64: toBase64(bytes) };
}

function unpack(_key: string, value: unknown): unknown {
	if (!isPacked(value)) return value;
	const bytes = fromBase64(value.base64);
	const { kind = "Uint8Array" } = value;
	return kind === "Uint8Array" ? bytes : new arrayKinds[kind](bytes.buffer);
}

/** Version 1 packed bytes alone and named no kind. */
function isPacked(value: unknown): value is { kind?: ArrayKind; base64: string } {
	if (typeof value !== "object" || value === null || !("base64" in value) || typeof value.base64 !== "string")
		return false;
	return !("kind" in value) || (typeof value.kind === "string" && value.kind in arrayKinds);
}

/** Piece by piece: a function takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
	let text = "";
	for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
	return btoa(text);
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
