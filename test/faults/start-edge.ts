import { until } from "../support/poll.ts";
import { path, type World } from "./world.ts";

/** After it was killed. Resolves when it watches its camera again. */
export async function startEdge({ installation, camera }: World): Promise<void> {
	await until("the last one's ffmpeg to be gone", () => camera.clients(path) === 0);
	installation.start("edge");
	await until("the edge to watch", () => camera.clients(path) > 0, {
		deadlineMs: 90_000,
		lastSeen: () => installation.logs().slice(-1_500),
	});
}
