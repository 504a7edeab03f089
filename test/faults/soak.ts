import { wait } from "#platform/wait.ts";
import type { FaultResult, Trial } from "./fault.ts";
import type { Program } from "./outside.ts";
import { growthAnHour, sizeOf } from "./sizes.ts";
import { timeUntil } from "./try-fault.ts";
import { path, type World } from "./world.ts";

const programs = ["server", "edge"] as const;
const sampleEveryMs = 10_000;
/** What begins with the program and is filled once is not growth. */
const settlingShare = 0.25;
/** Only of a run that is long enough to tell growth from noise. */
const tellingMs = 3_000_000;
const mostGrowthAnHour = { memoryBytes: 20e6, files: 4 };
const stays = { leastMs: 10_000, mostMs: 16_000, gapMs: 8_000 };

/** Short ones that the programs go on under; each fourth vehicle stands under one. */
const troubles: readonly ((world: World) => Promise<unknown>)[] = [
	async ({ mqtt }) => {
		await mqtt.set({ kind: "refusing" });
		await wait(6_000);
		await mqtt.set({ kind: "open" });
	},
	async ({ http }) => {
		await http.set({ kind: "silent" });
		await wait(6_000);
		await http.set({ kind: "open" });
	},
	async ({ camera }) => camera.dropClients(path),
	async ({ mqtt }) => {
		await mqtt.set({ kind: "slow", delayMs: 300, lossShare: 0.1 });
		await wait(6_000);
		await mqtt.set({ kind: "open" });
	},
];

/**
 * A vehicle each half minute, with short faults, for so long: a lane has some ten vehicles a day, so an hour is as much as
 * twelve days of one. Nothing is sped up but that; memory and open files are looked at every ten seconds.
 */
export const soak = (hours: number): Trial => ({
	name: `soak, ${hours} h`,
	run: (world) => run(world, hours * 3_600_000),
});

async function run(world: World, lastsMs: number): Promise<FaultResult> {
	const known = new Set(world.told.alerts().map(({ id }) => id));
	const seen = () => world.told.alerts().filter(({ id }) => !known.has(id));
	const wrong: string[] = [];
	const begunAt = performance.now();
	const samples = { server: [] as Sample[], edge: [] as Sample[] };
	const sampling = setInterval(() => {
		for (const program of programs) {
			void sizeOf(world, program).then((size) => size && samples[program].push({ at: performance.now(), ...size }));
		}
	}, sampleEveryMs);
	let vehicles = 0;
	try {
		while (performance.now() - begunAt < lastsMs) {
			await world.arrive();
			vehicles += 1;
			const trouble = troubles[Math.floor(vehicles / 4) % troubles.length];
			const over = vehicles % 4 === 0 ? trouble?.(world) : undefined;
			await wait(stays.leastMs + Math.random() * (stays.mostMs - stays.leastMs));
			await over;
			// A camera that was cut shows the vehicle later: it stands until it is told.
			await timeUntil(() => seen().length >= vehicles, Date.now(), Date.now() + 60_000);
			await world.leave();
			await wait(stays.gapMs);
			await timeUntil(() => world.told.laneState() === "clear", Date.now(), Date.now() + 60_000);
			if (seen().length !== vehicles) break; // each further one would be counted as wrong too
		}
	} finally {
		clearInterval(sampling);
	}
	const settled = () => seen().every(({ clearedAt, isWhole }) => clearedAt !== null && isWhole);
	const recoveredMs = await timeUntil(settled, Date.now(), Date.now() + 120_000);
	const remarks = programs.map((program) => growth(program, samples[program], lastsMs, wrong));
	const alerts = seen();
	return {
		...{ name: "", stays: vehicles, toldMs: null, startOffMs: 0, recoveredMs: recoveredMs ?? Number.NaN, wrong },
		...{ lost: Math.max(0, vehicles - alerts.length), twice: Math.max(0, alerts.length - vehicles) },
		whole: alerts.filter(({ isWhole }) => isWhole).length,
		remark: remarks.join("; "),
	};
}

interface Sample {
	readonly at: number;
	readonly memoryBytes: number;
	readonly files: number;
}

function growth(program: Program, samples: readonly Sample[], lastsMs: number, wrong: string[]): string {
	const settled = samples.slice(Math.floor(samples.length * settlingShare));
	const of = (key: "memoryBytes" | "files") => growthAnHour(settled.map((one) => ({ at: one.at, value: one[key] })));
	const [memory, files] = [of("memoryBytes"), of("files")];
	const grows = memory > mostGrowthAnHour.memoryBytes || files > mostGrowthAnHour.files;
	if (lastsMs >= tellingMs && grows) wrong.push(`the ${program} grows`);
	const [first, last] = [settled[0], settled.at(-1)];
	const megabytes = (bytes = Number.NaN) => Math.round(bytes / 1e6);
	return (
		`${program}: ${samples.length} samples, ${megabytes(first?.memoryBytes)} to ${megabytes(last?.memoryBytes)} MB ` +
		`(${(memory / 1e6).toFixed(1)} MB an hour), ${first?.files} to ${last?.files} files (${files.toFixed(1)} an hour)`
	);
}
