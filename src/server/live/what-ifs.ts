import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { type WhatIfJob, whatIfJob } from "#contract/edge-jobs.ts";
import type { WhatIfAnswer, whatIfBody, WhatIfResultBody } from "#contract/live-api.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { defaultPolicy, type Policy } from "#core/scene.ts";
import { requireCamera, requireWorkingEdge } from "../cameras/cameras-actions.ts";
import { zonesOf } from "../cameras/zones-store.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import { siteRulesOf } from "../policy/site-rules.ts";
import type { ServerParts } from "../server-parts.ts";
import { besideStore } from "../store/beside-store.ts";
import type { Store } from "../store/open-store.ts";

interface Question {
	readonly job: WhatIfJob;
	readonly edgeId: string;
	readonly askedAt: number;
	result: WhatIfResultBody | null;
}

/** In memory alone: somebody waits at the page for seconds, and asks again after a restart. */
const questionsOf = besideStore(() => new Map<string, Question>());
const keepMs = 5 * 60_000;
const silentAfterMs = 15_000;

/** "What would the last hour have raised": a question that only the edge can answer, since it alone keeps looks. */
export function askWhatIf(
	parts: ServerParts,
	{ cameraId, zoneId, policy, hours }: z.infer<typeof whatIfBody>,
): WhatIfAnswer {
	const { store, notifier, now } = parts;
	const camera = requireCamera(store, cameraId);
	const zone = zonesOf(store, cameraId).find(({ id }) => id === zoneId);
	if (!zone) throw badInput({ path: "zoneId", message: "is not a saved zone of this camera" });
	const edge = requireWorkingEdge(store, camera.edgeId);
	const id = `what-if-${randomBytes(12).toString("hex")}`;
	const laid = layPolicies(defaultPolicy, zone.kind, siteRulesOf(parts).rules, { policy, hours });
	const job: WhatIfJob = {
		id,
		kind: "what_if",
		cameraId,
		zoneId,
		policy: keysOf(laid.policy),
		hours: whatIfJob.shape.hours.parse(laid.hours),
	};
	const all = questionsOf(parts.store);
	for (const [known, { askedAt }] of all) if (askedAt < now() - keepMs) all.delete(known);
	all.set(id, { job, edgeId: edge.id, askedAt: now(), result: null });
	notifier.publishJob({ siteId: edge.siteId, edgeId: edge.id }, id);
	return readWhatIf(parts, id);
}

export function readWhatIf(parts: ServerParts, id: string): WhatIfAnswer {
	const question = questionsOf(parts.store).get(id);
	if (!question) throw notFound("question");
	const { askedAt, result } = question;
	const isLate = parts.now() - askedAt >= silentAfterMs;
	return { id, state: result ? "done" : isLate ? "edge_silent" : "waiting", result };
}

/** Whom it was asked, where it was asked. */
export const edgeOfWhatIf = (store: Store, id: string): string | undefined => questionsOf(store).get(id)?.edgeId;

/** The job of this id, for the edge whose it is. */
export function findWhatIfJob(parts: ServerParts, edge: EdgeRow, id: string): WhatIfJob | null {
	const question = questionsOf(parts.store).get(id);
	return question && question.edgeId === edge.id && question.result === null ? question.job : null;
}

/** The first answer stays. */
export function finishWhatIf(parts: ServerParts, edge: EdgeRow, id: string, result: WhatIfResultBody): void {
	const question = questionsOf(parts.store).get(id);
	if (!question || question.edgeId !== edge.id) throw notFound("job");
	question.result ??= result;
}

/** How long a camera may be silent is the edge's own matter. */
function keysOf(policy: Policy): WhatIfJob["policy"] {
	return Object.fromEntries(Object.entries(policy).filter(([key]) => key !== "blindAfterMs"));
}
