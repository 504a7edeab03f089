import type { PreparedModel } from "./prepared-model.ts";

export const defaultModelName = "yolov8s";

/**
 * Checks a model's weights and makes them ready for this machine (the first time a second or two, then quick).
 * @param nameOrFile a name from the manifest, or a path to an `.onnx` file with its description `.yaml` beside it
 * @throws InputError naming the file and the command that mends it
 */
export async function loadModel(nameOrFile: string, _options: { modelsFolder?: string } = {}): Promise<PreparedModel> {
	throw new Error(`not yet: ${nameOrFile}`);
}
