declare module "aedes-persistence-level/asyncPersistence.js" {
	import type { Readable } from "node:stream";
	import type { Level } from "level";

	/** The package has no types of its own; aedes takes it as `persistence`. */
	export default class AsyncLevelPersistence {
		constructor(level: Level);
		storeRetained(packet: unknown): Promise<void>;
		createRetainedStream(pattern: string): Readable;
		createRetainedStreamCombi(patterns: readonly string[]): Readable;
	}
}
