import { serveTasks } from "#platform/worker/serve-tasks.ts";
import { ModelSession } from "../detect/model-session.ts";
import type { PixelTask } from "../detect/worker-pool.ts";
import type { PlateModelFiles } from "./plate-models.ts";
import { type PlateModels, readPicture } from "./read-picture.ts";

/** One picture to find plates in: packed RGB24. */
export interface PlateTask extends PixelTask {
	readonly width: number;
	readonly height: number;
}

await serveTasks(async (files: PlateModelFiles) => {
	const models = await open(files);
	return (task: Omit<PlateTask, "rgb">, rgb) => readPicture(models, { ...task, rgb });
});

async function open({ finder, reader }: PlateModelFiles): Promise<PlateModels> {
	return {
		finder: { session: await ModelSession.open(finder.file), spec: finder.spec },
		reader: { session: await ModelSession.open(reader.file), spec: reader.spec },
	};
}
