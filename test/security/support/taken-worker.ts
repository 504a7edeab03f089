import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { serveTasks } from "#platform/worker/serve-tasks.ts";

/** A worker of a model that somebody has taken over: it does what it is told, and answers how that went. */
export interface TakenTask {
	readonly does: "connect" | "write" | "read" | "allocate" | "status" | "start root's" | "kill";
	/** A port, a file, bytes or a process. */
	readonly on: string;
}

const deeds: Record<TakenTask["does"], (on: string) => Promise<string> | string> = {
	connect: (port) =>
		new Promise((resolve) => {
			const socket = connect(Number(port), "127.0.0.1", () => resolve("done"));
			socket.on("error", (error) => resolve(`refused: ${error.message}`));
		}),
	write: (file) => (writeFileSync(file, "taken"), statSync(file).size > 0 ? "done" : "refused: nothing written"),
	read: (file) => (readFileSync(file), "done"),
	allocate(bytes) {
		const kept: Buffer[] = [];
		for (let left = Number(bytes); left > 0; left -= 1 << 28) kept.push(Buffer.alloc(1 << 28, 1));
		return `done: ${kept.length}`;
	},
	status: () => readFileSync("/proc/self/status", "utf8"),
	"start root's": () => (spawnSync("su", ["-c", "true"]).status === 0 ? "done" : "refused"),
	kill: (pid) => (process.kill(Number(pid), 0), "done"),
};

await serveTasks(async () => async ({ does, on }: TakenTask) => {
	try {
		return await deeds[does](on);
	} catch (error) {
		return `refused: ${error instanceof Error ? error.message : String(error)}`;
	}
});
