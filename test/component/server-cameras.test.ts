import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer, ZonesSavedAnswer } from "#contract/cameras-api.ts";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import { applyCameraHealth } from "../../src/server/ingest/apply-states.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let edge: ReturnType<TestApp["edge"]>;
beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	edge = server.edge("edge-1");
});
afterEach(() => server.close());

const secretUrl = "rtsp://viewer:s3cr3t%40x@192.168.1.20:554/stream1";

async function addCamera(more: object = {}): Promise<CameraAnswer> {
	const answer = await admin("POST", "/api/cameras", {
		json: { name: "南门", edgeId: "edge-1", url: secretUrl, ...more },
	});
	expect(answer.statusCode, answer.body).toBe(201);
	return answer.json();
}

const zone = (id: string, more: Partial<ZoneBody> = {}): ZoneBody => ({
	id,
	name: id,
	kind: "fire_lane",
	polygon: [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	],
	...more,
});
const saveZones = (cameraId: string, zones: readonly ZoneBody[]) =>
	admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
const config = async () => (await edge("GET", "/api/edge/config")).json<EdgeConfigAnswer>();
const wall = async () => (await admin("GET", "/api/wall")).json<WallAnswer>();

describe("cameras", () => {
	it("gives a camera's password to its edge and to nobody else", async () => {
		const camera = await addCamera();
		expect(camera.url).toBe("rtsp://viewer:***@192.168.1.20:554/stream1");
		for (const path of ["/api/cameras", `/api/cameras/${camera.id}`, "/api/wall"]) {
			expect((await admin("GET", path)).body, path).not.toContain("s3cr3t");
		}
		expect((await config()).cameras[0]?.url).toBe(secretUrl);
		const other = server.edge("edge-2");
		expect((await other("GET", "/api/edge/config")).json<EdgeConfigAnswer>().cameras).toEqual([]);
	});

	it("keeps the stored password when *** comes back, unless it would go to another host", async () => {
		const camera = await addCamera();
		const patch = (url: string) => admin("PATCH", `/api/cameras/${camera.id}`, { json: { url } });
		expect((await patch("rtsp://viewer:***@192.168.1.20:554/stream2")).statusCode).toBe(200);
		expect((await config()).cameras[0]?.url).toBe("rtsp://viewer:s3cr3t%40x@192.168.1.20:554/stream2");
		const stolen = await patch("rtsp://viewer:***@evil.example/stream2");
		expect(stolen.statusCode).toBe(400);
		expect(stolen.json()).toMatchObject({ problems: [{ path: "url" }] });
		expect((await patch("rtsp://viewer:new@192.168.1.99/")).statusCode).toBe(200);
		expect((await config()).cameras[0]?.url).toBe("rtsp://viewer:new@192.168.1.99/");
	});

	it("tells the edge of every change by a higher revision, and says when the edge has it", async () => {
		const camera = await addCamera();
		await admin("PATCH", `/api/cameras/${camera.id}`, { json: { name: "北门" } });
		await saveZones(camera.id, [zone("lane-1")]);
		const revisions = server.told.map((told) => ("revision" in told ? told.revision : null));
		expect(revisions).toEqual([2, 3, 4]);
		expect((await config()).revision).toBe(4);
		const shown = async () => (await admin("GET", `/api/cameras/${camera.id}`)).json<CameraAnswer>().applied;
		expect(await shown()).toBe(false);
		expect((await edge("POST", "/api/edge/config/applied", { json: { revision: 4 } })).statusCode).toBe(204);
		expect(await shown()).toBe(true);
		await saveZones(camera.id, []);
		expect(await shown()).toBe(false);
		expect((await edge("POST", "/api/edge/config/applied", { json: { revision: 99 } })).statusCode).toBe(400);
	});

	it("puts a lane on the wall for each zone but the ignored ones, and takes it off with the zone", async () => {
		const camera = await addCamera();
		const policy = { vehicleOnDelayMs: 30_000 };
		await saveZones(camera.id, [
			zone("lane-1", { policy }),
			zone("bush", { kind: "ignore" }),
			zone("exit-1", { kind: "safety_exit" }),
		]);
		expect((await wall()).lanes.map(({ id, kind }) => [id, kind])).toEqual([
			["lane-1", "fire_lane"],
			["exit-1", "safety_exit"],
		]);
		expect((await config()).cameras[0]?.zones[0]?.policy).toEqual(policy);
		await saveZones(camera.id, [zone("exit-1", { kind: "safety_exit", name: "东侧" })]);
		expect((await wall()).lanes.map(({ id, name }) => [id, name])).toEqual([["exit-1", "东侧"]]);
	});

	it("keeps a zone's real size for the page and the edge, and refuses one that cannot be", async () => {
		const camera = await addCamera();
		const polygon = [...zone("x").polygon, [0.1, 0.9]] as ZoneBody["polygon"];
		const calibration = { widthM: 4.5, lengthM: 30 };
		const saved = await saveZones(camera.id, [zone("lane-1", { polygon, calibration }), zone("lane-2")]);
		expect(saved.json<CameraAnswer>().zones.map((each) => each.calibration)).toEqual([calibration, undefined]);
		expect((await config()).cameras[0]?.zones[0]?.calibration).toEqual(calibration);
		const refused = await saveZones(camera.id, [zone("lane-1", { calibration })]);
		expect(refused.json()).toMatchObject({ error: "bad_input", problems: [{ path: "zones[0].calibration" }] });
	});

	it("keeps a zone in which a car would be too small to be found, and warns of it by its pixels", async () => {
		const camera = await addCamera();
		const strip: ZoneBody["polygon"] = [
			[0.4, 1],
			[0.44, 1],
			[0.43, 0.2],
			[0.41, 0.2],
		];
		const zones = [zone("wide"), zone("strip", { polygon: strip }), zone("bush", { polygon: strip, kind: "ignore" })];
		const warnings = async () => (await saveZones(camera.id, zones)).json<ZonesSavedAnswer>().warnings;
		expect(await warnings()).toEqual([]); // no camera has told how large its video is
		const hasVideo = (width: number, height: number) =>
			applyCameraHealth(
				server.parts,
				{ siteId: "estate", edgeId: "edge-1" },
				{
					...{ v: 1, cameraId: camera.id, state: "online", problem: null, recording: true },
					...{ at: (server.clock.now += 1000), since: server.clock.now, video: { codec: "h264", width, height } },
				},
				server.clock.now,
			);
		hasVideo(640, 360);
		expect(await warnings()).toEqual([
			{
				path: "zones[1].polygon",
				message:
					"a car here would be 6 pixels wide, and below 24 many are missed: move the camera or use the main stream",
			},
		]);
		hasVideo(3840, 2160);
		expect(await warnings()).toEqual([]);
	});

	it("removes a camera with its lanes, and keeps no password of it", async () => {
		const camera = await addCamera();
		await saveZones(camera.id, [zone("lane-1")]);
		expect((await admin("DELETE", `/api/cameras/${camera.id}`)).statusCode).toBe(204);
		expect((await admin("GET", `/api/cameras/${camera.id}`)).statusCode).toBe(404);
		expect((await wall()).lanes).toEqual([]);
		expect((await config()).cameras).toEqual([]);
		expect(JSON.stringify(server.parts.store.prepare("SELECT * FROM cameras").all())).not.toContain("s3cr3t");
	});

	it("refuses the name of another camera of the site, at the field; elsewhere it may be had", async () => {
		const first = await addCamera();
		const other = await addCamera({ name: "北门" });
		const json = { name: "南门", edgeId: "edge-1", url: secretUrl };
		const taken = { problems: [{ path: "name", message: "name_taken" }] };
		expect((await admin("POST", "/api/cameras", { json })).json()).toMatchObject(taken);
		const rename = (id: string, name: string) => admin("PATCH", `/api/cameras/${id}`, { json: { name } });
		expect((await rename(other.id, "南门")).json()).toMatchObject(taken);
		expect((await rename(first.id, "南门")).statusCode).toBe(200);
		server.edge("edge-harbour", "harbour");
		await addCamera({ edgeId: "edge-harbour" });
		await admin("DELETE", `/api/cameras/${first.id}`);
		expect((await rename(other.id, "南门")).statusCode).toBe(200);
	});

	it("names every bad zone with its path", async () => {
		const first = await addCamera();
		const second = await addCamera({ name: "北门" });
		await saveZones(first.id, [zone("lane-1")]);
		const bowTie: ZoneBody["polygon"] = [
			[0, 0],
			[1, 1],
			[1, 0],
			[0, 1],
		];
		const speck: ZoneBody["polygon"] = [
			[0.5, 0.5],
			[0.5001, 0.5],
			[0.5, 0.5001],
		];
		const zones = [
			zone("lane-1"),
			zone("twice"),
			zone("twice"),
			zone("tie", { polygon: bowTie }),
			zone("speck", { polygon: speck }),
		];
		const answer = await saveZones(second.id, zones);
		expect(answer.statusCode).toBe(400);
		expect(answer.json<{ problems: { path: string }[] }>().problems.map(({ path }) => path)).toEqual([
			"zones[0].id",
			"zones[2].id",
			"zones[3].polygon",
			"zones[4].polygon",
		]);
		expect((await wall()).lanes).toHaveLength(1);
	});

	it("adds no camera to an edge that is not there or was revoked", async () => {
		await admin("DELETE", "/api/edges/edge-1");
		for (const edgeId of ["edge-1", "nowhere"]) {
			const answer = await admin("POST", "/api/cameras", { json: { name: "x", edgeId, url: secretUrl } });
			expect(answer.json()).toMatchObject({ problems: [{ path: "edgeId" }] });
		}
	});

	it("shows the last picture, and says when it has not changed", async () => {
		const camera = await addCamera();
		const path = `/api/cameras/${camera.id}/picture`;
		expect((await admin("GET", path)).json()).toMatchObject({ error: "no_picture" });
		const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 7)]);
		const put = (payload: Buffer, headers: object, by: Inject = edge) =>
			by("PUT", `/api/edge/cameras/${camera.id}/picture`, {
				payload,
				headers: { "content-type": "image/jpeg", "x-captured-at": "1700000000000", ...headers },
			});
		expect((await put(jpeg, {})).statusCode).toBe(204);
		const shown = await admin("GET", path);
		expect(shown.rawPayload.equals(jpeg)).toBe(true);
		expect(shown.headers["content-type"]).toBe("image/jpeg");
		const etag = String(shown.headers["etag"]);
		expect((await admin("GET", path, { headers: { "if-none-match": etag } })).statusCode).toBe(304);
		expect((await put(jpeg, { "x-captured-at": "1700000001000" })).statusCode).toBe(204);
		expect((await admin("GET", path, { headers: { "if-none-match": etag } })).statusCode).toBe(200);

		expect((await put(Buffer.from(`<svg>${"x".repeat(400)}`), {})).json()).toMatchObject({ error: "wrong_content" });
		expect((await put(jpeg, { "x-captured-at": "soon" })).statusCode).toBe(400);
		expect((await put(Buffer.alloc(2_000_001, 0xff), {})).statusCode).toBe(413);
		expect((await put(jpeg, {}, server.edge("edge-2"))).statusCode).toBe(404);
		expect((await put(jpeg, { "content-type": "text/html" })).statusCode).toBe(415);
	});
});
