import type { SayProblem } from "#contract/edge-jobs.ts";

/** Nothing, or not all of it, was said. The message is a sentence for the operator and holds no secrets. */
export class SpeakerError extends Error {
	override readonly name = "SpeakerError";
	readonly problem: SayProblem;

	constructor(problem: SayProblem, message: string, options?: ErrorOptions) {
		super(message, options);
		this.problem = problem;
	}
}
