import { wait } from "#platform/wait.ts";
import type { Fault } from "./fault.ts";
import type { World } from "./world.ts";

const cut = async ({ mqtt, http }: World) => {
	for (const way of [mqtt, http]) await way.set({ kind: "refusing" });
	await wait(500);
	for (const way of [mqtt, http]) await way.set({ kind: "open" });
};

/** The edge knows server and broker by name. What is connected goes on; what is cut comes back with the names. */
export const nameFaults: readonly Fault[] = [
	{
		name: "names not resolved, connections stand",
		...{ sees: true, lastsMs: 40_000, recoversWithinMs: 10_000 },
		begin: ({ outside }) => outside.resolve(false),
		end: ({ outside }) => outside.resolve(true),
	},
	{
		name: "names not resolved, connections cut",
		...{ sees: true, lastsMs: 60_000, recoversWithinMs: 10_000 },
		begin: async (world) => {
			await world.outside.resolve(false);
			await cut(world);
		},
		end: ({ outside }) => outside.resolve(true),
	},
];
