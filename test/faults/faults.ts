import { readFileSync } from "node:fs";
import { processTree } from "#platform/process-tree.ts";
import { clockFaults } from "./clock-faults.ts";
import { diskFaults } from "./disk-faults.ts";
import type { Fault } from "./fault.ts";
import type { Weather } from "./fault-proxy.ts";
import { nameFaults } from "./name-faults.ts";
import { startEdge } from "./start-edge.ts";
import { path, type World } from "./world.ts";

const both = async ({ mqtt, http }: World, weather: Weather) => {
	await mqtt.set(weather);
	await http.set(weather);
};
const open: Weather = { kind: "open" };
const flapping = new WeakMap<World, NodeJS.Timeout>();

const wayFaults: readonly Fault[] = [
	{
		name: "broker away (refused)",
		...{ sees: true, lastsMs: 180_000 },
		begin: ({ mqtt }) => mqtt.set({ kind: "refusing" }),
		end: ({ mqtt }) => mqtt.set(open),
	},
	{
		name: "broker silent, connection stands",
		...{ sees: true, lastsMs: 60_000 },
		begin: ({ mqtt }) => mqtt.set({ kind: "silent" }),
		end: ({ mqtt }) => mqtt.set(open),
	},
	{
		name: "server's HTTP away, broker there",
		...{ sees: true, lastsMs: 40_000 },
		begin: ({ http }) => http.set({ kind: "refusing" }),
		end: ({ http }) => http.set(open),
	},
	{
		name: "network cut",
		...{ sees: true, lastsMs: 60_000 },
		begin: (world) => both(world, { kind: "silent" }),
		end: (world) => both(world, open),
	},
	{
		name: "2 s late, 30 % of pieces lost",
		...{ sees: true, lastsMs: 60_000 },
		begin: (world) => both(world, { kind: "slow", delayMs: 2_000, lossShare: 0.3 }),
		end: (world) => both(world, open),
	},
];

const processFaults: readonly Fault[] = [
	{
		name: "server killed, and its broker with it, away",
		...{ sees: true, lastsMs: 180_000 },
		begin: ({ installation }) => installation.kill("server"),
		end: async ({ installation }) => installation.start("server"),
	},
	{
		name: "server's broker killed",
		...{ sees: true, lastsMs: 25_000 },
		begin: async ({ installation }) => killBroker(installation.pidOf("server")),
		end: async () => undefined, // it is started again by itself
	},
	{
		name: "edge killed, away",
		...{ sees: false, lastsMs: 20_000 },
		begin: ({ installation }) => installation.kill("edge"),
		end: async ({ installation }) => installation.start("edge"),
	},
	{
		name: "server, broker and edge killed at once, the edge back first",
		...{ sees: true, lastsMs: 60_000 },
		begin: async (world) => {
			await Promise.all([world.installation.kill("server"), world.installation.kill("edge")]);
			await startEdge(world);
		},
		end: async ({ installation }) => installation.start("server"),
	},
];

/** Of a stream that is dead, and of its return. */
const promised = { toldWithinMs: 10_000, recoversWithinMs: 10_000 };

const cameraFaults: readonly Fault[] = [
	{
		name: "camera silent, connection stands",
		...{ sees: false, lastsMs: 30_000, ...promised },
		begin: async ({ camera }) => camera.stall(path),
		end: async ({ camera }) => camera.resume(path),
	},
	{
		name: "camera drops us every 2 s",
		...{ sees: false, lastsMs: 30_000, ...promised },
		begin: async (world) =>
			flapping.set(
				world,
				setInterval(() => world.camera.dropClients(path), 2_000),
			),
		end: async (world) => clearInterval(flapping.get(world)),
	},
	{
		name: "camera sends noise for pictures",
		...{ sees: false, lastsMs: 30_000, ...promised },
		begin: async ({ camera }) => camera.corrupt(path, true),
		end: async ({ camera }) => camera.corrupt(path, false),
	},
	{
		name: "camera's picture frozen",
		...{ sees: false, lastsMs: 40_000, ...promised },
		begin: ({ camera, clips }) => camera.changeClip(path, clips.frozen),
		end: ({ camera, clips }) => camera.changeClip(path, clips.occupied),
	},
	{
		name: "camera changes codec and size",
		...{ sees: false, lastsMs: 30_000, ...promised },
		begin: ({ camera, clips }) => camera.changeClip(path, clips.otherCodec),
		end: ({ camera, clips }) => camera.changeClip(path, clips.occupied),
	},
	{
		name: "camera's password changed (401)",
		// Tried seldom, for some cameras lock the account: recovering takes as long as that.
		...{ sees: false, lastsMs: 30_000, toldWithinMs: promised.toldWithinMs },
		begin: async ({ camera }) => camera.changePassword(path, "second"),
		end: async ({ camera }) => camera.changePassword(path, "first"),
	},
];

/** The lane is watched by nobody while the model does not answer, whatever the camera sends. */
const modelFault: Fault = {
	name: "model's processes stopped",
	...{ sees: false, lastsMs: 25_000, ...promised },
	begin: async (world) => signalModels(world, "SIGSTOP"),
	end: async (world) => signalModels(world, "SIGCONT"),
};

export const faults: readonly Fault[] = [
	...wayFaults,
	...processFaults,
	modelFault,
	...cameraFaults,
	...diskFaults,
	...clockFaults,
	...nameFaults,
];

function killBroker(server: number | null): void {
	for (const pid of startedBy(server, "broker")) process.kill(pid, "SIGKILL");
}

function signalModels({ installation }: World, signal: NodeJS.Signals): void {
	const models = startedBy(installation.pidOf("edge"), "inference-worker");
	if (models.length === 0) throw new Error("the edge has no process of a model");
	for (const pid of models) process.kill(pid, signal);
}

/** Processes that a program has started, itself or by others, with this in their command line. */
const startedBy = (program: number | null, text: string): readonly number[] =>
	program === null
		? []
		: processTree(program)
				.map(({ pid }) => pid)
				.filter((pid) => pid !== program && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text));
