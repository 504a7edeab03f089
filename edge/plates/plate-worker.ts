import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { PlateRead } from "#core/plates/plate-read.ts";
import { ModelSession } from "../detect/model-session.ts";
import type { PixelTask, WorkerAnswer } from "../detect/worker-pool.ts";
import type { PlateModelFiles } from "./plate-models.ts";
import { type PlateModels, readPicture } from "./read-picture.ts";

/** One picture to find plates in: packed RGB24. */
export interface PlateTask extends PixelTask {
	readonly width: number;
	readonly height: number;
}

// Looks come first: on Linux this is of the thread alone, elsewhere it would be of the whole process.
if (process.platform === "linux") setPriority(10);

const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");
const answer = (message: WorkerAnswer<readonly PlateRead[]>) => port.postMessage(message);

try {
	const models = await open(workerData as PlateModelFiles);
	port.on("message", (task: PlateTask) => {
		readPicture(models, task).then(
			(found) => answer({ kind: "found", found }),
			(error: unknown) => answer({ kind: "failed", why: sentenceOf(error) }),
		);
	});
	answer({ kind: "ready" });
} catch (error) {
	answer({ kind: "failed", why: sentenceOf(error) });
}

async function open({ finder, reader }: PlateModelFiles): Promise<PlateModels> {
	return {
		finder: { session: await ModelSession.open(finder.file), spec: finder.spec },
		reader: { session: await ModelSession.open(reader.file), spec: reader.spec },
	};
}

function sentenceOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
