import { type Command, InvalidArgumentError } from "commander";
import { createLog } from "#platform/log.ts";
import { defaultModelName, loadModel } from "../../../edge/detect/model-store.ts";
import { createOnnxDetector, type OnnxDetector } from "../../../edge/detect/onnx-detector.ts";

/** What `replay` and `evaluate` have in common. */
export interface LookOptions {
	readonly every: number;
	readonly model: string;
}

export function withLookOptions(command: Command): Command {
	return command
		.option("--every <ms>", "time between two looks, 200 to 10000 ms", everyMs, 1000)
		.option("--model <name>", "as `models list` shows it", defaultModelName);
}

/** @throws InputError naming the model's file and the command that mends it */
export async function startDetector({ model }: LookOptions): Promise<OnnxDetector> {
	const log = createLog("replay", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "warn");
	return createOnnxDetector({ model: await loadModel(model), log });
}

function everyMs(text: string): number {
	const ms = Number(text);
	if (Number.isInteger(ms) && ms >= 200 && ms <= 10_000) return ms;
	throw new InvalidArgumentError("A whole number from 200 to 10000 is allowed.");
}
