import type { Detection } from "#core/detection.ts";
import { serveTasks } from "#platform/worker/serve-tasks.ts";
import { labelsOf } from "./coco-labels.ts";
import { type Letterbox, toFrame } from "./letterbox.ts";
import { decode, ModelSession } from "./model-session.ts";
import { fillTensor } from "./picture-tensor.ts";
import type { PreparedModel } from "./prepared-model.ts";
import type { PixelTask } from "./worker-pool.ts";

/** One part of one frame to be looked at: the pixels are packed RGB24 of the letterbox's region alone. */
export interface LookTask extends PixelTask {
	readonly letterbox: Letterbox;
	readonly frameWidth: number;
	readonly frameHeight: number;
}

let picture = new Float32Array(0);

await serveTasks(async (model: PreparedModel) => {
	const session = await ModelSession.open(model.file);
	const labels = labelsOf(model.spec);
	return (task: Omit<LookTask, "rgb">, rgb) => look(model, labels, session, { ...task, rgb });
});

async function look(
	model: PreparedModel,
	labels: readonly string[],
	session: ModelSession,
	task: LookTask,
): Promise<Detection[]> {
	const { letterbox, frameWidth, frameHeight } = task;
	const size = { width: letterbox.inputWidth, height: letterbox.inputHeight };
	const floats = 3 * size.width * size.height;
	if (picture.length < floats) picture = new Float32Array(floats);
	const input = picture.subarray(0, floats);
	fillTensor(letterbox, task.rgb, model.spec.input, input);
	const boxes = decode(model, await session.run(input, size.width, size.height), size);
	return boxes.flatMap((raw) => {
		const { x1, y1, x2, y2 } = toFrame(letterbox, raw);
		const box = { x1: x1 / frameWidth, y1: y1 / frameHeight, x2: x2 / frameWidth, y2: y2 / frameHeight };
		if (!(box.x2 > box.x1 && box.y2 > box.y1)) return [];
		return [{ label: labels[raw.label] ?? `class ${raw.label}`, confidence: raw.confidence, box }];
	});
}
