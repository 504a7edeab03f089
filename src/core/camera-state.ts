import type { CameraState } from "./camera.ts";

export function serializeCameraState(state: CameraState): string {
	return JSON.stringify(state);
}

export function parseCameraState(text: string): CameraState {
	return JSON.parse(text) as CameraState;
}
