import type { CameraProblem } from "#contract/messages/index.ts";

/** A camera that gives no picture. The message is a sentence for the operator and holds no secrets. */
export class CameraError extends Error {
	override readonly name = "CameraError";
	readonly problem: CameraProblem;

	constructor(problem: CameraProblem, message: string, options?: ErrorOptions) {
		super(message, options);
		this.problem = problem;
	}
}
