import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { createEdge } from "../../src/server/edges/edges-actions.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { jpegOf, sendEvidence } from "../support/evidence.ts";
import { until } from "../support/poll.ts";
import { signIn } from "../support/server.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

let folder: string;
let config: string;
let dataFolder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-cli-"));
	dataFolder = join(folder, "data");
	config = join(folder, "server.yaml");
	await writeFile(
		config,
		JSON.stringify({
			listen: { port: 0 },
			dataFolder,
			mqtt: { kind: "embedded", port: 0 },
			evidence: { minFreeBytes: 0 },
		}),
	);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(args: readonly string[], input?: string) {
	const child = spawnTied(process.execPath, [...typescriptLoader, commandLine, ...args], { stdio: "pipe" });
	const seen = { out: "", err: "" };
	child.stdout?.on("data", (chunk: Buffer) => (seen.out += chunk.toString()));
	child.stderr?.on("data", (chunk: Buffer) => (seen.err += chunk.toString()));
	child.stdin?.end(input ?? "");
	return { child, seen, ended: ended(child) };
}

async function run(args: readonly string[], input?: string) {
	const { seen, ended } = start(args, input);
	const { code } = await ended;
	return { code, ...seen };
}

const withConfig = (...args: string[]) => [...args, "--config", config];

describe("keepclear server, user and check", () => {
	it("shows the first password once and never in the log, and all that users need is there", async () => {
		const server = start(withConfig("server"));
		const said = await until(
			"the first password",
			() => /Sign in at (\S+)[^]*?password\s+(\S+)/.exec(server.seen.out),
			{
				deadlineMs: 40_000,
				lastSeen: () => server.seen,
			},
		);
		const [, url = "", password = ""] = said;
		expect(server.seen.err).not.toContain(password);
		const admin = await signIn(url, "admin", password);
		expect(admin.session.user.role).toBe("admin");

		expect((await run(withConfig("user", "add", "anna"))).err).toContain(
			"--scope is missing: where do the rights of a duty_officer hold? Allowed is all",
		);
		expect((await run(withConfig("user", "add", "anna", "--scope", "site:none"))).err).toContain(
			"--scope site:none: there is no such site. There are: none yet",
		);
		expect((await run(withConfig("user", "add", "pol", "--role", "traffic_police"))).err).toContain(
			"pol: say for which authority the traffic_police works",
		);
		const added = await run(withConfig("user", "add", "anna", "--role", "duty_officer", "--scope", "all"));
		const made = /Password \(shown once\): (\S+)/.exec(added.out)?.[1] ?? "";
		const anna = await signIn(url, "anna", made);
		expect((await run(withConfig("user", "password", "anna", "--ask"), "a new long password\n")).code).toBe(0);
		expect((await anna.fetch("/api/session")).status).toBe(401);
		const again = await signIn(url, "anna", "a new long password");
		expect((await run(withConfig("user", "disable", "anna"))).code).toBe(0);
		expect((await again.fetch("/api/session")).status).toBe(401);
		expect((await run(withConfig("user", "list"))).out).toMatch(
			/admin\tadmin\teverywhere\tsecond factor due\t\nanna\tduty_officer\teverywhere\tno second factor\tdisabled 2/,
		);

		const store = openStore(join(dataFolder, "keepclear.db"));
		const edge = { url, ...createEdge(store, { id: "edge-1", siteId: "estate", name: "x" }) };
		store.close();
		for (const id of ["still-1", "still-2", "still-3"]) {
			await sendEvidence(edge, { id, alertId: "occ-1", kind: "still_raised", content: jpegOf(5000) });
		}
		server.child.kill("SIGTERM");
		expect(await server.ended, server.seen.err).toEqual({ code: 0, signal: null });

		const second = start(withConfig("server"));
		await until("it is up again", () => second.seen.err.includes("the server is up"), { deadlineMs: 40_000 });
		expect(second.seen.out).toBe("");
		second.child.kill("SIGTERM");
		await second.ended;
	});

	it("checks the data, and names what is broken", async () => {
		expect(await run(withConfig("check"))).toMatchObject({ code: 0, err: "" });
		const evidence = join(dataFolder, "evidence", "occ-1");
		await appendFile(join(evidence, "still-1"), "x");
		await rm(join(evidence, "still-2"));
		await writeFile(join(evidence, "still-3"), jpegOf(5000, 8));
		const checked = await run(withConfig("check"));
		expect(checked.code).toBe(1);
		expect(checked.out).toContain("still-1: has 5001 bytes instead of 5000");
		expect(checked.out).toContain("still-2: is missing");
		expect(checked.out).toContain("still-3: was changed");
	});

	it("ends bad input with status 2 and one line for each problem", async () => {
		const bad = join(folder, "bad.yaml");
		await writeFile(bad, "listen: { port: many }\ntimeZone: Mars\nunknownKey: 1\n");
		const refused = await run(["server", "--config", bad]);
		expect(refused.code).toBe(2);
		expect(refused.err.trim().split("\n")).toHaveLength(3);
		expect(refused.err).toContain(`keepclear: ${bad}: unknownKey: is not a known key`);
		expect(await run(["check", "--config", join(folder, "none.yaml")])).toMatchObject({ code: 2 });
		expect((await run(withConfig("user", "add", "anna", "--scope", "all"))).err).toContain(
			"there is a user of this name already",
		);
		expect((await run(withConfig("user", "password", "anna", "--ask"), "short\n")).err).toContain(
			"at least 10 characters",
		);
		const occupied = createServer().listen(0, "127.0.0.1");
		try {
			await until("a port is taken", () => occupied.listening);
			const { port } = occupied.address() as AddressInfo;
			const twice = join(folder, "twice.yaml");
			await mkdir(join(folder, "twice"));
			const mqtt = { kind: "embedded", port: 0 };
			await writeFile(twice, JSON.stringify({ listen: { port }, dataFolder: join(folder, "twice"), mqtt }));
			const answer = await run(["server", "--config", twice]);
			expect(answer).toMatchObject({ code: 2, out: "" });
			expect(answer.err).toContain(`listen: 127.0.0.1:${port} cannot be used: another program listens there`);
		} finally {
			occupied.close();
		}
	});
});
