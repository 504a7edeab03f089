import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { keptLog } from "../support/kept-log.ts";
import { until } from "../support/poll.ts";
import { brokerKinds, temporaryFolder } from "../support/wire-brokers.ts";
import { edgeOne, openWireStore } from "../support/wire-store.ts";
import { runLink } from "../support/wire-world.ts";

const startChild = (name: string, args: readonly string[]) =>
	spawnTied(
		process.execPath,
		[...typescriptLoader, fileURLToPath(new URL(`../support/${name}.ts`, import.meta.url)), ...args],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);

async function kill(child: ChildProcess): Promise<void> {
	const gone = ended(child);
	child.kill("SIGKILL");
	await gone;
}

it("nothing is lost and nothing comes twice when edge, broker and server are killed under traffic", async () => {
	const { folder, remove } = temporaryFolder();
	const databaseFile = join(folder, "server.db");
	const store = openWireStore(databaseFile);
	const [embedded] = brokerKinds;
	const broker = await embedded?.prepare({ folder, databaseFile, log: keptLog().log });
	if (!broker) throw new Error("there is no embedded broker");
	await broker.bringUp();
	const { username, password } = broker.serverAccess;

	const put: string[] = [];
	const startEdge = (run: number) => {
		const child = startChild("wire-edge-child", [folder, broker.url, String(run)]);
		let rest = "";
		child.stdout?.on("data", (chunk: Buffer) => {
			const lines = (rest + chunk.toString()).split("\n");
			rest = lines.pop() ?? "";
			put.push(...lines);
		});
		return child;
	};
	const startServer = () => startChild("wire-server-child", [databaseFile, broker.url, username, password]);
	const count = () =>
		store.prepare<[], { n: number }>("SELECT count(*) AS n FROM alerts WHERE cleared_at IS NOT NULL").get()?.n ?? 0;
	const traffic = async () => {
		const before = count();
		await until("traffic", () => count() > before + 5, { deadlineMs: 30_000 });
	};

	let edge = startEdge(1);
	let server = startServer();
	try {
		await traffic();
		await kill(edge);
		edge = startEdge(2);
		await traffic();
		await broker.kill();
		await traffic();
		await kill(server);
		server = startServer();
		await traffic();
		await kill(edge);

		// What was committed before the last kill lies in the outbox and is sent by the next run.
		const last = runLink(folder, edgeOne, broker.url);
		await until("an empty outbox", () => last.outbox.size === 0, { deadlineMs: 30_000 });
		expect(last.outbox.setAside).toBe(0);
		await last.stop();
		const rows = store
			.prepare<[], { id: string }>("SELECT id FROM alerts WHERE raised_at IS NOT NULL AND cleared_at IS NOT NULL")
			.all()
			.map(({ id }) => id);
		expect(put.filter((id) => !rows.includes(id))).toEqual([]);
		const twice = "SELECT subject FROM feed WHERE kind = 'alert' GROUP BY subject HAVING count(*) > 2";
		expect(store.prepare(twice).all()).toEqual([]);
	} finally {
		await kill(server);
		await broker.takeDown();
		store.close();
		remove();
	}
});
