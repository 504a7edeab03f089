declare module "aedes-persistence-level/asyncPersistence.js" {
	/** The package has no types of its own; aedes takes it as `persistence`. */
	export default class AsyncLevelPersistence {
		/** What it uses of a Level: `src/server/broker/level-until-closed.ts`. */
		constructor(level: object);
		storeRetained(packet: unknown): Promise<void>;
	}
}
