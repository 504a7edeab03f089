import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "./fault.ts";
import type { Program } from "./outside.ts";
import type { World } from "./world.ts";

const programs = ["edge", "server"] as const;
const diskOf = ({ disks }: World, program: Program) => {
	if (!disks) throw new Error("there is no disk to break");
	return disks[program];
};
export const withoutDisks = ({ disks }: World) =>
	disks ? null : "a disk of its own needs the right to mount (ext4, loop)";

const full = programs.map((program): Fault => ({
	name: `disk of the ${program} full`,
	...{ sees: true, lastsMs: 45_000 },
	begin: (world) => fill(diskOf(world, program).folder),
	end: (world) => rm(join(diskOf(world, program).folder, "ballast"), { force: true }),
	impossible: withoutDisks,
}));

/** Who mends such a disk ends the program first, checks it, and starts the program again. */
const readOnly = programs.map((program): Fault => ({
	name: `disk of the ${program} read-only, mended`,
	...{ sees: true, lastsMs: 45_000 },
	begin: (world) => diskOf(world, program).turnReadOnly(),
	async end(world) {
		await mend(world, program);
		world.installation.start(program);
	},
	impossible: withoutDisks,
}));

/** What was not written by then is not there; the program begins with what is. */
export async function losePower(world: World, program: Program): Promise<void> {
	await diskOf(world, program).losePower();
	await mend(world, program);
}

async function mend(world: World, program: Program): Promise<void> {
	await world.installation.kill(program);
	if (program === "server") world.told.letGo();
	await diskOf(world, program).mend();
}

const powerLost = programs.map((program): Fault => ({
	name: `power of the ${program} lost`,
	...{ sees: program === "server", lastsMs: program === "server" ? 40_000 : 20_000 },
	begin: (world) => losePower(world, program),
	end: async ({ installation }) => installation.start(program),
	impossible: withoutDisks,
}));

export const diskFaults: readonly Fault[] = [...full, ...readOnly, ...powerLost];

/** Until not a byte is left. */
async function fill(disk: string): Promise<void> {
	const block = Buffer.alloc(1_000_000);
	const file = join(disk, "ballast");
	for (const size of [block.length, 4096, 1]) {
		for (;;) {
			const isFull = await writeFile(file, block.subarray(0, size), { flag: "a" }).then(
				() => false,
				() => true,
			);
			if (isFull) break;
		}
	}
}
