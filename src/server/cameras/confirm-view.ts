import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { changeConfig, requireCamera, requireEdge } from "./cameras-actions.ts";
import { noteViewConfirmed } from "./note-view.ts";

/** "The zones are still right", said by somebody who saw them over the picture of now. */
export function confirmView(parts: ServerParts, cameraId: string, { user }: SignedIn): CameraAnswer {
	const camera = requireCamera(parts.store, cameraId);
	return changeConfig(parts, requireEdge(parts.store, camera.edgeId), () => {
		noteViewConfirmed(parts, cameraId, user.id, false);
		return cameraId;
	});
}
