import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { madeIdSchema } from "#contract/ids.ts";
import { approvalBody, confirmationBody, reviewAnswer } from "#contract/reviews-api.ts";
import { reviewSteps } from "#core/review/review-words.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { reviewAnswerOf } from "./read-review.ts";
import { approveAlert, confirmAlert, takeBackStep } from "./reviews-actions.ts";

const tags = ["review"];
const params = z.object({ id: madeIdSchema });
const stepParams = params.extend({ step: z.enum(reviewSteps) });
const response = { 200: reviewAnswer, 409: errorAnswer };

export function reviewsRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/alerts/:id/review",
		{
			config: { access: { right: ["confirm", "approve"], of: { id: "alert" } } },
			schema: { tags, summary: "What was said of it in review", params, response: { 200: reviewAnswer } },
		},
		async (request) => reviewAnswerOf(parts.store, requireAlert(parts.store, request.params.id), personOf(request)),
	);

	app.put(
		"/api/alerts/:id/review/confirmation",
		{
			config: { access: { right: "confirm", of: { id: "alert" } } },
			schema: { tags, summary: "The first step: true, false or rejected", params, body: confirmationBody, response },
		},
		async (request) => confirmAlert(parts, request.params.id, request.body, personOf(request)),
	);

	app.put(
		"/api/alerts/:id/review/approval",
		{
			config: { access: { right: "approve", of: { id: "alert" } } },
			schema: { tags, summary: "The second step, by another person", params, body: approvalBody, response },
		},
		async (request) => approveAlert(parts, request.params.id, request.body, personOf(request)),
	);

	app.delete(
		"/api/alerts/:id/review/:step",
		{
			config: { access: { right: ["confirm", "approve"], of: { id: "alert" } } },
			schema: { tags, summary: "Take a step back while nothing followed it", params: stepParams, response },
		},
		async (request) => takeBackStep(parts, request.params.id, request.params.step, personOf(request)),
	);
}
