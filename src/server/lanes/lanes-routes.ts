import { wallAnswer } from "#contract/wall-api.ts";
import type { App } from "../http/app-type.ts";
import { compressAnswer } from "../http/compress-answer.ts";
import type { ServerParts } from "../server-parts.ts";
import { readWall } from "./lanes-actions.ts";

export function lanesRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/wall",
		{
			config: { access: "session" },
			onSend: compressAnswer,
			schema: { tags: ["lanes"], summary: "Everything the wall needs", response: { 200: wallAnswer } },
		},
		async () => readWall(parts),
	);
}
