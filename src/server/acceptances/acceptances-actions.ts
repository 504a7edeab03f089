import { randomBytes } from "node:crypto";
import type { AcceptanceAnswer } from "#contract/acceptances.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import { changeConfig, requireCamera, requireEdge } from "../cameras/cameras-actions.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { findAcceptance, insertAcceptance, undoAcceptance } from "./acceptances-store.ts";

/**
 * "This belongs here." It clears nothing here: the edge is told at once, and clears the alert.
 * @throws ApiError 409 where somebody said so before, the alert is over, or it is about a vehicle
 */
export function acceptAlert(parts: ServerParts, alertId: string, reason: string, { user }: SignedIn): AlertAnswer {
	const { store, feed, now } = parts;
	const alert = requireAlert(store, alertId);
	const standing = alert.acceptance?.undone === null ? alert.acceptance : null;
	if (standing?.by === user.name) return alert;
	if (standing) {
		const first = { by: standing.by, at: standing.at };
		throw new ApiError(409, "already_said", "Somebody else was first.", { first });
	}
	if (alert.cause !== "object") {
		throw new ApiError(409, "not_an_object", "Only piled goods can belong somewhere; a vehicle needs a permit.");
	}
	if (alert.state !== "open") throw new ApiError(409, "not_open", "The alert is over: nothing lies there any more.");
	const camera = requireCamera(store, alert.cameraId);
	changeConfig(parts, requireEdge(store, camera.edgeId), () => {
		const at = now();
		const id = `acceptance-${randomBytes(8).toString("hex")}`;
		const { laneId, cameraId } = alert;
		insertAcceptance(store, { id, alertId, laneId, cameraId, userId: user.id, at, reason, outline: outlineOf(alert) });
		feed.append("alert", alertId, at);
		return camera.id;
	});
	return requireAlert(store, alertId);
}

/** By anybody who is signed in: it makes the edge watch more, never less. Taken back twice, the first counts. */
export function undoAcceptanceOf(parts: ServerParts, id: string, reason: string, { user }: SignedIn): AcceptanceAnswer {
	const { store, feed, now } = parts;
	const acceptance = requireAcceptance(store, id);
	if (acceptance.undone) return acceptance;
	const undo = () => {
		const at = now();
		undoAcceptance(store, id, { userId: user.id, at, reason });
		feed.append("alert", acceptance.alertId, at);
		return acceptance.cameraId;
	};
	const camera = requireCamera(store, acceptance.cameraId);
	changeConfig(parts, requireEdge(store, camera.edgeId), undo);
	return requireAcceptance(store, id);
}

/** An edge that draws no outline yet means the box. */
function outlineOf({ outline, box: [x1, y1, x2, y2] }: AlertAnswer): AlertAnswer["outline"] {
	if (outline.length > 0) return outline;
	return [
		[
			[x1, y1],
			[x2, y1],
			[x2, y2],
			[x1, y2],
		],
	];
}

function requireAcceptance(store: Store, id: string): AcceptanceAnswer {
	const acceptance = findAcceptance(store, id);
	if (!acceptance) throw notFound("acceptance");
	return acceptance;
}
