import { randomBytes } from "node:crypto";
import type { SupposedPolicy, WhatIfAnswer, WhatIfBody, WhatIfJob, WhatIfResultBody } from "#contract/live-api.ts";
import { requireCamera, requireWorkingEdge } from "../cameras/cameras-actions.ts";
import { zonesOf } from "../cameras/zones-store.ts";
import type { EdgeRow } from "../edges/edges-store.ts";
import { badInput, notFound } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";

interface Question {
	readonly job: WhatIfJob;
	readonly edgeId: string;
	readonly askedAt: number;
	result: WhatIfResultBody | null;
}

/** In memory alone: somebody waits at the page for seconds, and asks again after a restart. */
const questionsOf = new WeakMap<Store, Map<string, Question>>();
const keepMs = 5 * 60_000;
const silentAfterMs = 15_000;

/** "What would the last hour have raised": a question that only the edge can answer, since it alone keeps looks. */
export function askWhatIf(parts: ServerParts, { cameraId, zoneId, policy }: WhatIfBody): WhatIfAnswer {
	const { store, notifier, now } = parts;
	const camera = requireCamera(store, cameraId);
	if (!zonesOf(store, cameraId).some(({ id }) => id === zoneId)) {
		throw badInput({ path: "zoneId", message: "is not a saved zone of this camera" });
	}
	const edge = requireWorkingEdge(store, camera.edgeId);
	const id = `what-if-${randomBytes(12).toString("hex")}`;
	const job: WhatIfJob = { id, kind: "what_if", cameraId, zoneId, policy: overTheSites(parts, policy) };
	const all = questions(parts);
	for (const [known, { askedAt }] of all) if (askedAt < now() - keepMs) all.delete(known);
	all.set(id, { job, edgeId: edge.id, askedAt: now(), result: null });
	notifier.publishJob({ siteId: edge.siteId, edgeId: edge.id }, id);
	return readWhatIf(parts, id);
}

export function readWhatIf(parts: ServerParts, id: string): WhatIfAnswer {
	const question = questions(parts).get(id);
	if (!question) throw notFound("question");
	const { askedAt, result } = question;
	const isLate = parts.now() - askedAt >= silentAfterMs;
	return { id, state: result ? "done" : isLate ? "edge_silent" : "waiting", result };
}

/** The job of this id, for the edge whose it is. */
export function findWhatIfJob(parts: ServerParts, edge: EdgeRow, id: string): WhatIfJob | null {
	const question = questions(parts).get(id);
	return question && question.edgeId === edge.id && question.result === null ? question.job : null;
}

/** The first answer stays. */
export function finishWhatIf(parts: ServerParts, edge: EdgeRow, id: string, result: WhatIfResultBody): void {
	const question = questions(parts).get(id);
	if (!question || question.edgeId !== edge.id) throw notFound("job");
	question.result ??= result;
}

/** What is left out is as everywhere on the site. */
function overTheSites({ config }: ServerParts, policy: SupposedPolicy): SupposedPolicy {
	return { ...config.policy, ...policy };
}

function questions({ store }: ServerParts): Map<string, Question> {
	const known = questionsOf.get(store) ?? new Map<string, Question>();
	questionsOf.set(store, known);
	return known;
}
