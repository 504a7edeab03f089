import { z } from "zod";
import { type EvidenceSetBody, evidenceSetBody } from "#contract/evidence-set.ts";
import { madeIdSchema } from "#contract/ids.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { edgeOfAlert, isForeignAlert } from "../edges/own-ids.ts";
import { refuseWhenFull } from "../evidence/refuse-when-full.ts";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf } from "../http/guard.ts";
import { hasEvidenceAgain } from "../retention/retention-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { edgeOfEvidenceSet, evidenceSetOf, putEvidenceSet } from "./evidence-sets-store.ts";
import { asFarAsHere } from "./lost-and-here.ts";

export function evidenceSetsRoutes(app: App, parts: ServerParts): void {
	app.put(
		"/api/edge/alerts/:id/evidence-set",
		{
			config: { access: "edge" },
			schema: {
				tags: ["edge"],
				summary: "What an alert has of evidence, and what is missing",
				params: z.object({ id: madeIdSchema }),
				body: evidenceSetBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			await refuseWhenFull(parts.config);
			takeEvidenceSet(parts, edgeOf(request), request.params.id, request.body);
			return reply.code(204).send(null);
		},
	);
}

/** The alert may still be on its way. @throws ApiError 403 where it is another edge's */
function takeEvidenceSet(
	{ store, feed, now }: ServerParts,
	edge: EdgeRow,
	alertId: string,
	body: EvidenceSetBody,
): void {
	store.transaction(() => {
		const teller = edgeOfAlert(store, alertId) ?? edgeOfEvidenceSet(store, alertId) ?? edge.id;
		if (teller !== edge.id || isForeignAlert(store, edge.id, alertId))
			throw new ApiError(403, "not_yours", "This alert is another edge's.");
		const told = asFarAsHere(store, alertId, body, evidenceSetOf(store, alertId, edge.id));
		const isNew = putEvidenceSet(store, { alertId, edgeId: edge.id, body: told, receivedAt: now() });
		if (!isNew) return;
		hasEvidenceAgain(store, alertId);
		feed.append("alert", alertId, now());
	})();
}
