import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { until } from "../support/poll.ts";
import { signIn } from "../support/server.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const withinMs = 10_000;

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-stop-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(program: "server" | "edge", config: object) {
	const file = join(folder, `${program}.yaml`);
	await writeFile(file, JSON.stringify(config));
	const child = spawnTied(process.execPath, [...typescriptLoader, commandLine, program, "--config", file], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	const seen = { out: "", err: "" };
	child.stdout?.on("data", (chunk: Buffer) => (seen.out += chunk.toString()));
	child.stderr?.on("data", (chunk: Buffer) => (seen.err += chunk.toString()));
	const end = ended(child);
	const stop = async () => {
		const from = performance.now();
		child.kill("SIGTERM");
		const how = await end;
		return { ...how, ms: performance.now() - from };
	};
	return { seen, stop };
}

/** Takes connections and never says a word. */
const mute = (): Promise<{ server: Server; port: number; sockets: Socket[] }> =>
	new Promise((resolve) => {
		const sockets: Socket[] = [];
		const server = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
		server.listen(0, "127.0.0.1", () => resolve({ server, port: (server.address() as AddressInfo).port, sockets }));
	});

describe("SIGTERM", () => {
	it("ends a server within 10 s although a page listens, an upload is half way and a connection is mute", async () => {
		const server = await start("server", {
			...{ listen: { port: 0 }, mqtt: { kind: "embedded", port: 0 }, evidence: { minFreeBytes: 0 } },
			...{ dataFolder: join(folder, "server"), accounts: { secondFactor: "off" } },
		});
		const [, url = "", password = ""] = await until(
			"the server",
			() => /Sign in at (\S+)[^]*?password\s+(\S+)/.exec(server.seen.out),
			{ deadlineMs: 60_000, lastSeen: () => server.seen.err },
		);
		const next = "槐树开花的时候去东门";
		const first = await signIn(url, "admin", password);
		await first.fetch("/api/session/password", { method: "PUT", json: { current: password, next } });
		const admin = await signIn(url, "admin", next);
		const feed = await admin.fetch("/api/feed");
		expect(feed.status).toBe(200);
		const gate = { id: "gate", siteId: "estate", name: "gate" };
		await admin.json("/api/edges", { method: "POST", json: gate });
		const { token } = await admin.json<{ token: string }>("/api/edges/gate/token", { method: "POST" });
		const half = request(new URL("/api/edge/config/applied", url), {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": "1000" },
		});
		half.on("error", () => undefined);
		half.write('{"revision":');
		const silent = connect({ port: Number(new URL(url).port), host: "127.0.0.1" }).on("error", () => undefined);
		await until("the silent connection", () => silent.readyState === "open");

		const end = await server.stop();
		expect(end, server.seen.err).toMatchObject({ code: 0 });
		expect(end.ms).toBeLessThan(withinMs);
		expect(server.seen.err).toContain("the server has stopped");
		half.destroy();
		silent.destroy();
	});

	it("ends an edge within 10 s although server and broker take its connections and never answer", async () => {
		const nobody = await mute();
		const edge = await start("edge", {
			...{ siteId: "estate", edgeId: "gate", dataFolder: join(folder, "edge"), readPlates: false },
			server: { url: `http://127.0.0.1:${nobody.port}`, token: "a-token" },
			mqtt: { url: `mqtt://127.0.0.1:${nobody.port}` },
			evidence: { minFreeBytes: 0 },
		});
		await until("the edge", () => edge.seen.err.includes("the edge is watching") && nobody.sockets.length >= 2, {
			deadlineMs: 90_000,
			lastSeen: () => edge.seen.err,
		});
		const end = await edge.stop();
		expect(end, edge.seen.err).toMatchObject({ code: 0 });
		expect(end.ms).toBeLessThan(withinMs);
		expect(edge.seen.err).toContain("the edge has stopped");
		for (const socket of nobody.sockets) socket.destroy();
		nobody.server.close();
	});
});
