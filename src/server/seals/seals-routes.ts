import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import {
	edgeKeyAnswer,
	edgeKeyParams,
	edgeKeysAnswer,
	keyBody,
	keyReplacementBody,
	manifestAnswer,
	manifestBody,
	manifestParams,
} from "#contract/seal-api.ts";
import { refuseWhenFull } from "../evidence/refuse-when-full.ts";
import type { App } from "../http/app-type.ts";
import { edgeOf, personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { allowAnotherKey, readKeys, registerKey } from "./edge-keys-actions.ts";
import { acceptManifest } from "./manifests-actions.ts";

export function sealsRoutes(app: App, parts: ServerParts): void {
	app.put(
		"/api/edge/key",
		{
			config: { access: "edge" },
			schema: {
				tags: ["edge"],
				summary: "The public key that it seals with",
				body: keyBody,
				response: { 200: edgeKeyAnswer, 409: errorAnswer },
			},
		},
		async (request) => registerKey(parts, edgeOf(request), request.body.publicKey),
	);

	app.put(
		"/api/edge/manifests/:chain/:sequence",
		{
			config: { access: "edge" },
			schema: {
				tags: ["edge"],
				summary: "A sealed manifest",
				params: manifestParams,
				body: manifestBody,
				response: { 200: manifestAnswer, 409: errorAnswer, 422: errorAnswer },
			},
		},
		async (request) => {
			await refuseWhenFull(parts.config);
			return acceptManifest(parts, edgeOf(request), request.params, request.body);
		},
	);

	app.get(
		"/api/edges/:id/keys",
		{
			config: { access: { right: ["configure", "administer"], of: { id: "edge" } } },
			schema: { tags: ["edges"], summary: "Its keys", params: edgeKeyParams, response: { 200: edgeKeysAnswer } },
		},
		async (request) => readKeys(parts.store, request.params.id),
	);

	app.post(
		"/api/edges/:id/key-replacement",
		{
			config: { access: { right: "administer", of: { id: "edge" } } },
			schema: {
				tags: ["edges"],
				summary: "Let its next new key take the place of the one it has",
				params: edgeKeyParams,
				body: keyReplacementBody,
				response: { 204: z.null() },
			},
		},
		async (request, reply) => {
			allowAnotherKey(parts, request.params.id, request.body.reason, personOf(request));
			return reply.code(204).send(null);
		},
	);
}
