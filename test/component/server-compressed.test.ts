import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WallAnswer } from "#contract/wall-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let pageFolder: string;
let server: TestApp;
let admin: Inject;

beforeAll(async () => {
	pageFolder = await mkdtemp(join(tmpdir(), "keepclear-page-"));
	await mkdir(join(pageFolder, "assets"));
	await writeFile(join(pageFolder, "index.html"), "<title>the page</title>");
	await writeFile(join(pageFolder, "assets", "a.js"), "plain");
	await writeFile(join(pageFolder, "assets", "a.js.br"), "brotli");
	await writeFile(join(pageFolder, "assets", "a.js.gz"), "gzip");
	server = await buildTestApp({}, { pageFolder });
	server.edge("edge-1");
	admin = await server.person("boss", "admin");
	const camera = { name: "gate", edgeId: "edge-1", url: "rtsp://10.0.0.9/live" };
	const { id } = (await admin("POST", "/api/cameras", { json: camera })).json<{ id: string }>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.5, 0.9],
	];
	const zones = Array.from({ length: 20 }, (_, index) => ({
		id: `lane-${index}`,
		name: "通道",
		kind: "fire_lane",
		polygon,
	}));
	await admin("PUT", `/api/cameras/${id}/zones`, { json: { zones } });
});
afterAll(async () => {
	await server.close();
	await rm(pageFolder, { recursive: true, force: true });
});

describe("what is large goes out compressed", () => {
	it.each([
		["br, gzip", "brotli", "br"],
		["gzip", "gzip", "gzip"],
		["", "plain", undefined],
	])("the page's files, to who takes %s", async (accepted, body, encoding) => {
		const answer = await server.nobody("GET", "/assets/a.js", { headers: { "accept-encoding": accepted } });
		expect(answer.body).toBe(body);
		expect(answer.headers["content-encoding"]).toBe(encoding);
		expect(answer.headers["content-type"]).toMatch(/javascript/);
		expect(answer.headers["vary"]).toMatch(/accept-encoding/i);
		expect(answer.headers["cache-control"]).toContain("immutable");
	});

	it("the page itself, where no compressed form lies beside it", async () => {
		const answer = await server.nobody("GET", "/cameras/a.b", { headers: { "accept-encoding": "br" } });
		expect(answer.body).toContain("the page");
	});

	it("the wall", async () => {
		const get = (accepted: string) => admin("GET", "/api/wall", { headers: { "accept-encoding": accepted } });
		const plain = await get("identity");
		const packed = await get("deflate, gzip;q=0.8");
		expect(packed.headers["content-encoding"]).toBe("gzip");
		expect(Number(packed.headers["content-length"])).toBe(packed.rawPayload.length);
		expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
		const lanes = (body: string) => (JSON.parse(body) as WallAnswer).lanes;
		expect(lanes(gunzipSync(packed.rawPayload).toString())).toEqual(lanes(plain.body));
		expect((await get("gzip;q=0")).headers["content-encoding"]).toBeUndefined();
		expect(plain.headers["vary"]).toBe("accept-encoding");
	});
});
