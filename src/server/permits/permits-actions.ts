import { randomBytes } from "node:crypto";
import { maxPermitMs, type PermitAnswer, type PermitBody } from "#contract/policy-api.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { findCamera } from "../cameras/cameras-store.ts";
import { cameraOfZone } from "../cameras/zones-store.ts";
import { bumpConfigRevision, findEdge } from "../edges/edges-store.ts";
import { ApiError, badInput, notFound } from "../http/api-error.ts";
import { findLane } from "../lanes/lanes-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { endPermit, findPermit, insertPermit } from "./permits-store.ts";

/** @throws ApiError 400 where the lane is not there or the times make no sense */
export function givePermit(parts: ServerParts, body: PermitBody, { user }: SignedIn): PermitAnswer {
	const { store, now } = parts;
	const at = now();
	const problems = problemsOf(body, at);
	if (!findLane(store, body.laneId)) problems.push({ path: "laneId", message: `there is no lane ${body.laneId}` });
	if (problems.length > 0) throw badInput(...problems);
	const id = `permit-${randomBytes(6).toString("hex")}`;
	return changeConfigOfLane(parts, body.laneId, () => {
		insertPermit(store, { ...body, id, userId: user.id, at });
		return id;
	});
}

/** By who gave it, or by an administrator. One that is over stays as it is. @throws ApiError 403, 404 */
export function endPermitNow(parts: ServerParts, id: string, { user }: SignedIn): PermitAnswer {
	const { store, now } = parts;
	const known = findPermit(store, id);
	if (!known) throw notFound("permit");
	if (known.givenBy !== user.id && !may(user.role, "administer")) {
		throw new ApiError(403, "not_yours", "Only who gave it, or an administrator, can end it.");
	}
	if (known.permit.until <= now()) return known.permit;
	return changeConfigOfLane(parts, known.permit.laneId, () => {
		endPermit(store, id, { userId: user.id, at: now() });
		return id;
	});
}

function problemsOf({ from, until }: PermitBody, now: number): { path: string; message: string }[] {
	if (until <= from) return [{ path: "until", message: "must be after from" }];
	if (until <= now) return [{ path: "until", message: "must be in the future" }];
	if (until - from > maxPermitMs) {
		return [{ path: "until", message: `must be within ${maxPermitMs / 86_400_000} days of from` }];
	}
	return [];
}

/** A lane without a camera has no edge to tell. */
function changeConfigOfLane(parts: ServerParts, laneId: string, change: () => string): PermitAnswer {
	const { store, feed, notifier, now } = parts;
	const { id, told } = store.transaction(() => {
		const id = change();
		const camera = findCamera(store, cameraOfZone(store, laneId) ?? "");
		const edge = camera && findEdge(store, camera.edgeId);
		if (!camera || !edge) return { id, told: null };
		feed.append("camera", camera.id, now());
		feed.append("lane", laneId, now());
		return { id, told: { edge, revision: bumpConfigRevision(store, edge.id) } };
	})();
	if (told) notifier.publishConfig({ siteId: told.edge.siteId, edgeId: told.edge.id }, told.revision);
	const known = findPermit(store, id);
	if (!known) throw notFound("permit");
	return known.permit;
}
