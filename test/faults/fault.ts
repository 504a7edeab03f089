import type { World } from "./world.ts";

/** Something of the world that fails and comes back, while a vehicle stands and another comes. */
export interface Fault {
	readonly name: string;
	/** Whether the edge goes on seeing its camera while it lasts. */
	readonly sees: boolean;
	readonly lastsMs: number;
	/** Before the vehicle comes. */
	readonly before?: (world: World) => Promise<unknown>;
	begin(world: World): Promise<unknown>;
	end(world: World): Promise<unknown>;
	/** Why this machine cannot have it; null where it can. */
	readonly impossible?: (world: World) => string | null;
	/** Only where it is named. */
	readonly isLong?: boolean;
	/** By so much the edge dates otherwise than the true time, from `before` on; ms. */
	readonly datedOffMs?: number;
	/** The lane must be told as unknown within so long. */
	readonly toldWithinMs?: number;
	/** It must recover within so long after the end. */
	readonly recoversWithinMs?: number;
}

/** A row of the table that is more than one fault and one vehicle. */
export interface Trial {
	readonly name: string;
	readonly impossible?: (world: World) => string | null;
	/** Only where it is named. */
	readonly isLong?: boolean;
	/** Its times are held against what was promised, or it takes what the machine has: no other beside it. */
	readonly alone?: boolean;
	run(world: World): Promise<FaultResult>;
}

/** What became of the stays. */
export interface FaultResult {
	readonly name: string;
	readonly stays: number;
	readonly lost: number;
	/** Alerts beyond one a stay. */
	readonly twice: number;
	/** How much later than the vehicle's arrival its entry was told, at worst; ms, negative for earlier. */
	readonly startOffMs: number;
	/** From the fault's beginning until the lane was told as unknown; null where the edge goes on seeing. */
	readonly toldMs: number | null;
	/** From the fault's end until the server knew all that had happened, or the lane was seen again. */
	readonly recoveredMs: number;
	/** Alerts whose evidence is whole on the server. */
	readonly whole: number;
	/** Figures of its own. */
	readonly remark?: string;
	/** What went wrong, a sentence each. */
	readonly wrong: readonly string[];
}
