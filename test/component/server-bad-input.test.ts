import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorAnswer } from "#contract/error-answer.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let pageFolder: string;
let server: TestApp;
let admin: Inject;

beforeAll(async () => {
	pageFolder = await mkdtemp(join(tmpdir(), "keepclear-page-"));
	await mkdir(join(pageFolder, "assets"));
	await writeFile(join(pageFolder, "index.html"), "<title>the page</title>");
	await writeFile(join(pageFolder, "assets", "index-1a2b.js"), "1;");
	server = await buildTestApp({}, { pageFolder });
	admin = await server.person("boss", "admin");
});
afterAll(async () => {
	await server.close();
	await rm(pageFolder, { recursive: true, force: true });
});

const camera = { name: "x", edgeId: "edge-1", url: "rtsp://10.0.0.9/" };
const json = { "content-type": "application/json" };

describe("bad input", () => {
	it.each([
		["no body", "POST", "/api/cameras", {}],
		["a broken body", "POST", "/api/cameras", { payload: Buffer.from('{"name":'), headers: json }],
		["a list", "POST", "/api/cameras", { json: [] }],
		["a prototype", "POST", "/api/cameras", { payload: Buffer.from('{"__proto__":{"a":1}}'), headers: json }],
		[
			"a text that is none and has a length",
			"POST",
			"/api/cameras",
			{ json: { ...camera, name: { length: { toString: 1 } } } },
		],
		["an unknown key", "POST", "/api/cameras", { json: { ...camera, isAdmin: true } }],
		["another protocol", "POST", "/api/cameras", { json: { ...camera, url: "http://169.254.169.254/" } }],
		["an option of ffmpeg", "POST", "/api/cameras", { json: { ...camera, url: "rtsp://x/ -f null" } }],
		["a name of blanks", "POST", "/api/cameras", { json: { ...camera, name: "   " } }],
		["too quick", "POST", "/api/cameras", { json: { ...camera, sampleEveryMs: 1 } }],
		["a time in words", "GET", "/api/alerts?before=yesterday", {}],
		["a bad site", "POST", "/api/edges", { json: { id: "edge-1", siteId: "a/b", name: "x" } }],
		["the name of the server itself", "POST", "/api/edges", { json: { id: "server", siteId: "site", name: "x" } }],
		["a broken escape", "GET", "/api/cameras/%E0%A4%A", {}],
	] as const)("%s is 400 in the form of every error", async (_what, method, url, more) => {
		const answer = await admin(method, url, more);
		expect(answer.statusCode, answer.body).toBe(400);
		const said = errorAnswer.parse(answer.json());
		expect(said.error).toBe("bad_input");
		expect(said.problems?.length).toBeGreaterThan(0);
		expect(answer.body).not.toMatch(/at .*\.ts:\d+/);
	});

	it.each([
		["with a path", "/api/cameras/..%2f..%2fetc"],
		["with a quote", "/api/cameras/a'%20OR%201=1--"],
		["without an end", `/api/alerts/${"a".repeat(128)}`],
	])("an id %s is nobody's: 404", async (_what, url) => {
		const answer = await admin("GET", url);
		expect(answer.statusCode, answer.body).toBe(404);
		expect(errorAnswer.parse(answer.json()).error).toBe("not_found");
	});

	it("lists all problems at once", async () => {
		const answer = await admin("POST", "/api/cameras", {
			json: { name: "", edgeId: "A B", url: "ftp://x", transport: "sctp" },
		});
		expect(answer.json<{ problems: { path: string }[] }>().problems.map(({ path }) => path)).toEqual([
			"name",
			"edgeId",
			"url",
			"transport",
		]);
	});

	it("takes neither what is too large nor what is of another type", async () => {
		const large = Buffer.from(JSON.stringify({ name: "x".repeat(300_000) }));
		expect((await admin("POST", "/api/cameras", { payload: large, headers: json })).statusCode).toBe(413);
		const form = { payload: Buffer.from("name=x"), headers: { "content-type": "application/x-www-form-urlencoded" } };
		expect((await admin("POST", "/api/cameras", form)).statusCode).toBe(415);
	});

	it("answers what it did not foresee with an id and without a word of the inside", async () => {
		const broken = await buildTestApp();
		try {
			const person = await broken.person("boss", "admin");
			broken.parts.store.exec("ALTER TABLE cameras RENAME COLUMN picture_at TO gone");
			const answer = await person("GET", "/api/cameras");
			expect(answer.statusCode).toBe(500);
			expect(answer.json<{ message: string }>().message).toMatch(/The log has it as [0-9a-f]{12}\./);
			expect(answer.body).not.toContain("picture_at");
		} finally {
			await broken.close();
		}
	});
});

describe("the page", () => {
	it("is served to everybody, with its own paths, and cached by what a name says", async () => {
		for (const path of ["/", "/alerts/occ-1", "/alerts/lane-1.mws6lrux", "/index.html"]) {
			const answer = await server.nobody("GET", path);
			expect([answer.statusCode, answer.body], path).toEqual([200, "<title>the page</title>"]);
			expect(answer.headers["cache-control"]).toBe("no-cache");
			expect(answer.headers["content-security-policy"]).toContain("script-src 'self';");
		}
		const script = await server.nobody("GET", "/assets/index-1a2b.js");
		expect(script.headers["cache-control"]).toContain("immutable");
		expect(script.headers["content-type"]).toContain("javascript");
	});

	it("says how to build it where it is not built", async () => {
		const bare = await buildTestApp();
		try {
			const answer = await bare.nobody("GET", "/");
			expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining("npm run build:web")]);
		} finally {
			await bare.close();
		}
	});

	it("describes the API", async () => {
		const document = (await admin("GET", "/api/openapi.json")).json<{
			openapi: string;
			paths: Record<string, unknown>;
		}>();
		expect(document.openapi).toBe("3.1.0");
		expect(Object.keys(document.paths)).toEqual(
			expect.arrayContaining(["/api/wall", "/api/cameras/{id}/zones", "/api/feed"]),
		);
		expect(JSON.stringify(document.paths["/api/cameras"])).toContain("sampleEveryMs");
	});
});
