import { wait } from "#platform/wait.ts";
import { until } from "../support/poll.ts";
import type { Fault } from "./fault.ts";
import type { Program } from "./outside.ts";
import { startEdge } from "./start-edge.ts";
import type { World } from "./world.ts";

const hourMs = 3_600_000;
const steps = [
	{ words: "put forward an hour", byMs: hourMs },
	{ words: "put back an hour", byMs: -hourMs },
];

/** For as long as something stands, or has a minute ago, an edge dates by the old time. */
const whileSomethingStands = (["edge", "server"] as const).flatMap((program) =>
	steps.map(({ words, byMs }): Fault => ({
		name: `clock of the ${program} ${words}, and set right`,
		...{ sees: true, lastsMs: 40_000 },
		begin: ({ outside }) => outside.setClock(program, byMs),
		end: ({ outside }) => outside.setClock(program, 0),
	})),
);

/** What an edge goes by is known to the next one, so that nothing has stood an hour longer for it. */
const overARestart = steps.map(({ words, byMs }): Fault => ({
	name: `clock of the edge ${words}, edge killed and started again, then set right`,
	...{ sees: true, lastsMs: 60_000 },
	begin: async (world) => {
		await world.outside.setClock("edge", byMs);
		await wait(2_000);
		await world.installation.kill("edge");
		await startEdge(world);
	},
	end: ({ outside }) => outside.setClock("edge", 0),
}));

/** Set while nothing stands, and wrong until the edge has taken it; then set right while something stands. */
const taken = steps.map(({ words, byMs }): Fault => ({
	name: `clock of the edge ${words}, taken, then set right`,
	...{ sees: true, lastsMs: 40_000, datedOffMs: byMs, isLong: true },
	before: (world) => setAndTaken(world, "edge", byMs),
	begin: ({ outside }) => outside.setClock("edge", 0),
	end: async (world) => isTaken(world, logOf(world)),
}));

export const clockFaults: readonly Fault[] = [...whileSomethingStands, ...overARestart, ...taken];

async function setAndTaken(world: World, program: Program, byMs: number): Promise<void> {
	const before = logOf(world);
	await world.outside.setClock(program, byMs);
	await isTaken(world, before);
	await until("the lane to be told by the new time", () => world.told.laneState() === "clear", { deadlineMs: 60_000 });
}

/** How often a time was taken so far. */
const logOf = ({ installation }: World) => installation.logs().split("times go by it from now on").length;

/** A minute after the last vehicle. */
const isTaken = (world: World, before: number) =>
	until("the edge to take the time", () => logOf(world) > before, { deadlineMs: 180_000 });
