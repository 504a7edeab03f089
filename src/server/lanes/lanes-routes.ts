import { wallAnswer } from "#contract/wall-api.ts";
import type { App } from "../http/app-type.ts";
import { compressAnswer } from "../http/compress-answer.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { readWall } from "./lanes-actions.ts";

export function lanesRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/wall",
		{
			config: { access: { right: "watch" } },
			onSend: compressAnswer,
			schema: { tags: ["lanes"], summary: "Everything the wall needs", response: { 200: wallAnswer } },
		},
		async (request) => readWall(parts, personOf(request).sites),
	);
}
