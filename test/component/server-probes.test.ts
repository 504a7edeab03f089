import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { ProbeAnswer } from "#contract/probes-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let edge: Inject;
beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	edge = server.edge("edge-1");
});
afterEach(() => server.close());

const body = { edgeId: "edge-1", url: "rtsp://viewer:s3cr3t@10.0.0.9/live", transport: "udp" };
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 7)]).toString("base64");
const video = { codec: "h264", width: 1920, height: 1080 };

async function start(more: object = {}): Promise<string> {
	const answer = await admin("POST", "/api/probes", { json: { ...body, ...more } });
	expect(answer.statusCode, answer.body).toBe(202);
	return answer.json<ProbeAnswer>().id;
}
const read = async (id: string) => (await admin("GET", `/api/probes/${id}`)).json<ProbeAnswer>();
const finish = (id: string, result: object, by = edge) => by("PUT", `/api/edge/jobs/${id}/result`, { json: result });
const ok = { ok: true, problem: null, detail: null, video, pictureBase64: jpeg };

describe("connect and show me a picture", () => {
	it("goes to the edge and comes back with a picture; then the password is gone", async () => {
		const id = await start();
		expect(server.told).toEqual([{ edge: { siteId: "estate", edgeId: "edge-1" }, jobId: id }]);
		expect(await read(id)).toMatchObject({ state: "waiting", picture: null });
		const job = (await edge("GET", `/api/edge/jobs/${id}`)).json<object>();
		expect(job).toEqual({ id, kind: "probe", url: body.url, transport: "udp" });
		expect((await finish(id, ok)).statusCode).toBe(204);
		expect(await read(id)).toMatchObject({ state: "ok", video, picture: `data:image/jpeg;base64,${jpeg}` });
		expect(JSON.stringify(server.parts.store.prepare("SELECT * FROM jobs").all())).not.toContain("s3cr3t");
		expect((await edge("GET", `/api/edge/jobs/${id}`)).statusCode).toBe(404);
	});

	it("says that the edge is silent after 20 s, and still takes a late answer", async () => {
		const id = await start();
		server.clock.now += 19_999;
		expect((await read(id)).state).toBe("waiting");
		server.clock.now += 1;
		expect((await read(id)).state).toBe("edge_silent");
		await finish(id, { ...ok, ok: false, problem: "wrong_password", video: null, pictureBase64: null });
		expect(await read(id)).toMatchObject({ state: "failed", problem: "wrong_password", picture: null });
	});

	it("is no business of another edge", async () => {
		const other = server.edge("edge-2");
		const id = await start();
		expect((await other("GET", `/api/edge/jobs/${id}`)).statusCode).toBe(404);
		expect((await finish(id, ok, other)).statusCode).toBe(404);
		expect((await read(id)).state).toBe("waiting");
	});

	it("uses an existing camera's password for ***, at that camera's host and edge alone", async () => {
		const added = await admin("POST", "/api/cameras", { json: { name: "x", edgeId: "edge-1", url: body.url } });
		const { id: cameraId, url } = added.json<CameraAnswer>();
		const id = await start({ cameraId, url });
		expect((await edge("GET", `/api/edge/jobs/${id}`)).json()).toMatchObject({ url: body.url });
		server.edge("edge-2");
		for (const bad of [
			{ url },
			{ cameraId, url: "rtsp://viewer:***@evil.example/" },
			{ cameraId, url, edgeId: "edge-2" },
		]) {
			const answer = await admin("POST", "/api/probes", { json: { ...body, ...bad } });
			expect(answer.statusCode, JSON.stringify(bad)).toBe(400);
		}
	});

	it("keeps no secret that an edge puts into its sentence, and no picture that is none", async () => {
		const id = await start();
		expect((await finish(id, { ...ok, pictureBase64: Buffer.from("<script>").toString("base64") })).statusCode).toBe(
			400,
		);
		expect((await finish(id, { ...ok, problem: "timeout" })).statusCode).toBe(400);
		const detail = "could not open rtsp://viewer:s3cr3t@10.0.0.9/live with s3cr3t";
		await finish(id, { ok: false, problem: "timeout", detail, video: null, pictureBase64: null });
		expect((await read(id)).detail).toBe("could not open rtsp://viewer:***@10.0.0.9/live with ***");
	});
});
