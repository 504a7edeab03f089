import { readdir } from "node:fs/promises";
import { processTree } from "#platform/process-tree.ts";
import type { Program } from "./outside.ts";
import type { World } from "./world.ts";

/** What a program holds of the machine. */
export interface Size {
	/** With all that it has started: broker, models, ffmpeg. */
	readonly memoryBytes: number;
	readonly files: number;
}

/** Null while it does not run. */
export async function sizeOf({ installation }: World, program: Program): Promise<Size | null> {
	const pid = installation.pidOf(program);
	if (pid === null) return null;
	const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
	const memoryBytes = processTree(pid).reduce((sum, { residentBytes }) => sum + residentBytes, 0);
	return { memoryBytes, files: files.length };
}

export async function sizes(world: World): Promise<string> {
	const of = async (program: Program) => {
		const size = await sizeOf(world, program);
		return `${program} ${Math.round((size?.memoryBytes ?? 0) / 1e6)} MB, ${size?.files ?? 0}`;
	};
	return `${await of("server")}; ${await of("edge")}`;
}

/** How much it grows in an hour: the line through all points that leaves the least squares. */
export function growthAnHour(points: readonly { readonly at: number; readonly value: number }[]): number {
	const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
	const [at, value] = [mean(points.map((point) => point.at)), mean(points.map((point) => point.value))];
	const squares = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0);
	const along = points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0);
	return squares === 0 ? 0 : (along / squares) * 3_600_000;
}
