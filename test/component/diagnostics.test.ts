import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { openZip } from "#platform/zip/read-zip.ts";
import { makeBundle } from "../../src/cli/diagnostics/make-bundle.ts";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** What must not be in a bundle, by what it is. Each is planted where the program keeps it, and in a log. */
const planted = {
	cameraPassword: "Cam-Pa55-w0rd",
	cameraUser: "opticaluser",
	cameraHost: "10.20.30.41",
	metricsToken: "metrics-token-0123",
	webhookSecret: "hook-secret-4567",
	robotUrl: "https://qyapi.example/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0",
	mailPassword: "mail.pass.word",
	personName: "zhangwei",
	siteName: "阳光花园南区",
	cameraName: "北门球机",
	laneName: "三号楼前消防车道",
	plate: "京A12345",
	greenPlate: "粤BD12345",
	strangePlate: "XK4711",
	phone: "13800138000",
	dutyPhone: "0755-2345678",
	mail: "wei.zhang@estate.example",
	channelUser: "keepclear-sender",
	reason: "搬家公司李师傅",
	idCard: "110101199003071234",
	freshPassword: "abcde-fghjk-mnpqr-stuvw",
} as const;

let folder: string;
let server: TestServer;
let token: string;
let cookie: string;
let out: string;
let seen: { out: string; err: string };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-diagnostics-"));
	const secret = async (name: string, text: string) => {
		await writeFile(join(folder, name), `${text}\n`, { mode: 0o600 });
		return join(folder, name);
	};
	const settings = {
		name: planted.siteName,
		metrics: { tokenFile: await secret("metrics-token", planted.metricsToken) },
		notices: {
			phone: planted.dutyPhone,
			channels: [
				{
					name: "sms",
					kind: "webhook",
					url: "https://sms.example/x",
					secretFile: await secret("hook", planted.webhookSecret),
				},
				{ name: "group", kind: "wecom", urlFile: await secret("robot", planted.robotUrl) },
				{
					...{ name: "mail", kind: "email", host: "smtp.example", port: 465, security: "tls", subject: "x" },
					...{ username: planted.channelUser, passwordFile: await secret("mail", planted.mailPassword) },
					...{ from: planted.mail, to: [planted.mail] },
				},
			],
		},
	};
	server = await startTestServer(settings);
	token = server.createEdge("gate").token;
	const admin = await server.admin();
	cookie = admin.cookie.split("=")[1] ?? "";
	const { store } = server.parts;
	await createUser(
		store,
		{ name: planted.personName, role: "admin", password: planted.freshPassword, scopes: [{ kind: "all" }] },
		Date.now(),
	);
	const url = `rtsp://${planted.cameraUser}:${planted.cameraPassword}@${planted.cameraHost}/1`;
	const { id } = await admin.json<{ id: string }>("/api/cameras", {
		method: "POST",
		json: { name: planted.cameraName, edgeId: "gate", url },
	});
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	await admin.json(`/api/cameras/${id}/zones`, {
		method: "PUT",
		json: { zones: [{ id: "lane-1", name: planted.laneName, kind: "fire_lane", polygon }] },
	});
	for (const plate of [planted.plate, planted.strangePlate])
		store
			.prepare(
				`INSERT INTO permits (id, lane_id, plate, from_at, until_at, reason, given_by, given_at)
				SELECT ?, 'lane-1', ?, 1, 2, ?, id, 1 FROM users WHERE name = ?`,
			)
			.run(`permit-${plate}`, plate, planted.reason, planted.personName);

	const config = join(folder, "server.yaml");
	await writeFile(
		config,
		JSON.stringify({
			...settings,
			listen: { port: Number(new URL(server.url).port) },
			mqtt: { kind: "embedded", port: Number(new URL(server.mqttUrl).port) },
			dataFolder: server.dataFolder,
			evidence: { minFreeBytes: 0 },
		}),
	);
	// A camera's user and password stand in addresses alone.
	const bare = Object.entries(planted).flatMap(([what, value]) =>
		/^camera(User|Password)$/.test(what) ? [] : [value],
	);
	const everything = [...bare, token, cookie, server.adminPassword, url];
	const line = (fields: object) =>
		JSON.stringify({ level: 40, time: 1764144000000, program: "server", pid: 1, hostname: "host-of-wei", ...fields });
	const log = [
		...everything.map((each) => line({ msg: `the gate failed: ${each}` })),
		...everything.map((each) =>
			line({ msg: "deep", err: { type: "Error", stack: `Error: (${each})\n at ${each}`, list: [{ [each]: each }] } }),
		),
		...everything.map((each) => `Nov 26 08:00:01 host keepclear[1]: plain words, ${each}.`),
		line({ alertId: "lane-1.mws6lrux", edgeId: "gate", afterMs: 412, msg: "an alert was raised" }),
		"{ half a line",
	].join("\n");
	await writeFile(join(folder, "server.log"), log);

	out = join(folder, "bundle.zip");
	const child = spawnTied(
		process.execPath,
		[
			...typescriptLoader,
			commandLine,
			"diagnostics",
			"--config",
			config,
			"--log",
			join(folder, "server.log"),
			"--out",
			out,
		],
		{ stdio: ["ignore", "pipe", "pipe"] },
	);
	seen = { out: "", err: "" };
	child.stdout?.on("data", (chunk: Buffer) => (seen.out += chunk.toString()));
	child.stderr?.on("data", (chunk: Buffer) => (seen.err += chunk.toString()));
	expect((await ended(child)).code, seen.err).toBe(0);
});
afterAll(async () => {
	await server.stop();
	await rm(folder, { recursive: true, force: true });
});

async function texts(): Promise<Record<string, string>> {
	const zip = await openZip(out);
	const all: Record<string, string> = {};
	for (const { name } of zip.entries) {
		all[name] = "";
		for await (const chunk of zip.read(name)) all[name] += Buffer.from(chunk).toString();
	}
	return all;
}

describe("keepclear diagnostics", () => {
	it("has no secret, plate, name, number or address in any file, whole or in part", async () => {
		const bytes = (await readFile(out)).toString("utf8").toLowerCase(); // stored, not compressed: all of it is there
		const forbidden = {
			...planted,
			...{
				token,
				cookie,
				adminPassword: server.adminPassword,
				dataFolder: server.dataFolder,
				folder,
				host: "host-of-wei",
			},
			...{
				robotKey: "693a91f6",
				greenTail: "BD12345",
				cardTail: "19900307",
				mailHost: "estate.example",
				smtp: "smtp.example",
			},
		};
		for (const [what, value] of Object.entries(forbidden)) {
			expect(value.length, what).toBeGreaterThan(3);
			expect(bytes.includes(value.toLowerCase()), what).toBe(false);
		}
		expect(seen.out + seen.err).not.toContain(planted.metricsToken);
	});

	it("has what helps: versions, configuration, findings, counts, figures, and lines that can be told together", async () => {
		const files = await texts();
		expect(Object.keys(files).sort()).toEqual(
			[
				"README.txt",
				"doctor.txt",
				"log-1.txt",
				"metrics.txt",
				"server-config.json",
				"server-database.json",
				"versions.json",
			].sort(),
		);
		expect(JSON.parse(files["versions.json"] ?? "")).toMatchObject({ node: process.versions.node });
		expect(JSON.parse(files["server-config.json"] ?? "")).toMatchObject({
			listen: { host: "127.0.0.1" },
			timeZone: "Asia/Shanghai",
			notices: {
				channels: [
					{ kind: "webhook", url: "https://<host>", mostAttempts: 6 },
					{ kind: "wecom" },
					{ kind: "email", port: 465 },
				],
			},
		});
		expect(JSON.parse(files["server-database.json"] ?? "")).toMatchObject({
			rows: { cameras: 1, permits: 2, users: 2 },
		});
		expect(files["doctor.txt"]).toMatch(/server port: 127\.0\.0\.1:\d+: our server answers there, and is ready/);
		expect(files["metrics.txt"]).toMatch(/keepclear_edge_online\{edge="<edge \d>",site="<site \d>"\} 0/);
		const line = (files["log-1.txt"] ?? "").split("\n").find((each) => each.includes("an alert was raised")) ?? "";
		expect(JSON.parse(line)).toMatchObject({ level: 40, time: 1764144000000, afterMs: 412 });
		expect(line).toMatch(/"alertId":"<lane \d>\.mws6lrux","edgeId":"<edge 1>"/);
	});

	it("is readable by its maker alone, and writes over nothing", async () => {
		expect((await stat(out)).mode & 0o777).toBe(0o600);
		const child = spawnTied(
			process.execPath,
			[...typescriptLoader, commandLine, "diagnostics", "--config", join(folder, "server.yaml"), "--out", out],
			{ stdio: ["ignore", "ignore", "pipe"] },
		);
		let err = "";
		child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
		expect((await ended(child)).code).toBe(2);
		expect(err).toContain("bundle.zip: is there already; allowed is a new file");
	});

	it("has the figures of a server with TLS too", async () => {
		const safe = await startTestServer({
			tls: { kind: "own" },
			metrics: { tokenFile: join(folder, "metrics-token") },
		});
		const config = join(folder, "safe.yaml");
		const { dataFolder, url } = safe;
		const metrics = { tokenFile: join(folder, "metrics-token") };
		await writeFile(
			config,
			JSON.stringify({ dataFolder, metrics, tls: { kind: "own" }, listen: { port: Number(new URL(url).port) } }),
		);
		try {
			const files = await makeBundle({ server: config, logs: [] });
			expect(files.get("metrics.txt")).toMatch(/^keepclear_certificate_end_timestamp_seconds\{of="authority"\} \d/m);
			expect(files.get("doctor.txt")).toMatch(/server certificate: .* holds until 20\d\d-\d\d-\d\d$/m);
		} finally {
			await safe.stop();
		}
	});
});
