import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { type MarkingAnswer, maxMarkingBytes } from "#contract/markings-api.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { removeStrayMarkings, strayMarkings } from "../../src/server/markings/stray-markings.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let anna: Inject;
let lead: Inject;
let admin: Inject;
let cameraId: string;
beforeAll(async () => {
	server = await buildTestApp();
	server.edge("edge-1");
	[anna, lead] = [await server.person("anna", "duty_officer"), await server.person("lead", "property_manager")];
	admin = await server.person("boss", "admin");
	const json = { name: "南门", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	cameraId = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>().id;
	await saveZones(["lane-1", "lane-2"]);
});
afterAll(() => server.close());
beforeEach(async () => {
	for (const kind of ["marking", "sign"]) await lead("DELETE", `/api/lanes/lane-1/markings/${kind}`);
});

const saveZones = (ids: readonly string[]) => {
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zones = ids.map((id) => ({ id, name: id, kind: "fire_lane", polygon }));
	return admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
};
const picture = (background = "#c8b400") => sharp({ create: { width: 320, height: 180, channels: 3, background } });
const put = (payload: Buffer, { by = lead, kind = "marking", lane = "lane-1", type = "image/jpeg" } = {}) =>
	by("PUT", `/api/lanes/${lane}/markings/${kind}`, { payload, headers: { "content-type": type } });
const list = async (lane = "lane-1") =>
	(await anna("GET", `/api/lanes/${lane}/markings`)).json<{ markings: MarkingAnswer[] }>().markings;
const files = () => readdir(join(server.dataFolder, "markings"));
const ledger = () =>
	server.parts.store.prepare("SELECT what FROM ledger WHERE on_kind = 'marking' ORDER BY seq").pluck().all();
const broken = async () => {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
};

describe("a photo of a lane's marking", () => {
	it("is kept upright, with the time that it was taken and nothing else of what its camera wrote into it", async () => {
		const exif = {
			IFD0: { Make: "Secretive", Orientation: "6" },
			IFD2: { DateTimeOriginal: "2026:11:20 09:15:07" },
			IFD3: { GPSLatitude: "40/1 39/1 0/1" },
		};
		const sent = await picture().withExif(exif).withMetadata({ orientation: 6, exif }).jpeg().toBuffer();
		const answer = await put(sent);
		expect(answer.statusCode, answer.body).toBe(200);
		expect(answer.json()).toMatchObject({
			...{ laneId: "lane-1", kind: "marking", contentType: "image/jpeg", widthPx: 180, heightPx: 320, by: "lead" },
			takenAt: Date.parse("2026-11-20T09:15:07+08:00"),
		});
		const { id, bytes } = answer.json<MarkingAnswer>();
		const shown = await anna("GET", `/api/markings/${id}`);
		expect([shown.statusCode, shown.headers["content-type"], shown.rawPayload.length]).toEqual([
			200,
			"image/jpeg",
			bytes,
		]);
		expect(shown.rawPayload.includes("Secretive")).toBe(false);
		const kept = await sharp(shown.rawPayload).metadata();
		expect(kept.orientation ?? 1).toBe(1);
		expect(kept.exif?.includes("2026:11:20 09:15:07")).toBe(true);
		expect(await list()).toEqual([answer.json()]);
		expect(await broken()).toEqual([]);
	});

	it("takes the place of the one before, whose file goes; each stands in the ledger", async () => {
		const before = ledger().length;
		const first = (await put(await picture().jpeg().toBuffer())).json<MarkingAnswer>();
		const second = (await put(await picture("#0044aa").png().toBuffer(), { type: "image/png" })).json<MarkingAnswer>();
		expect(await files()).toEqual([second.id]);
		expect((await anna("GET", `/api/markings/${first.id}`)).statusCode).toBe(404);
		expect(await list()).toMatchObject([{ id: second.id, contentType: "image/jpeg", takenAt: null }]);
		expect((await lead("DELETE", "/api/lanes/lane-1/markings/marking")).statusCode).toBe(204);
		expect((await lead("DELETE", "/api/lanes/lane-1/markings/marking")).statusCode).toBe(404);
		expect([await files(), await list()]).toEqual([[], []]);
		expect(ledger().slice(before)).toEqual(["marking_stored", "deleted", "marking_stored", "deleted"]);
		expect(await broken()).toEqual([]);
	});

	it("and one of its sign stand beside each other, each lane's its own; two at once leave one", async () => {
		const jpeg = await picture().jpeg().toBuffer();
		await Promise.all([put(jpeg), put(jpeg), put(jpeg, { kind: "sign" })]);
		expect((await list()).map(({ kind }) => kind)).toEqual(["marking", "sign"]);
		expect(await list("lane-2")).toEqual([]);
		expect(await files()).toHaveLength(2);
		expect(await broken()).toEqual([]);
	});

	it("is what its bytes say, whatever the request calls it, and kept as JPEG", async () => {
		const answer = await put(await picture().png().toBuffer(), { type: "image/jpeg" });
		const { id } = answer.json<MarkingAnswer>();
		const shown = await anna("GET", `/api/markings/${id}`);
		expect((await sharp(shown.rawPayload).metadata()).format).toBe("jpeg");
	});

	it.each([
		["no picture", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/jpeg", 415],
		["a picture of another kind", Buffer.from("GIF89a............"), "image/png", 415],
		["a type that is not taken", Buffer.from("x"), "image/gif", 415],
		["a picture that breaks off", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), "image/jpeg", 422],
		["nothing", Buffer.alloc(0), "image/jpeg", 415],
		["more than 15 MB", Buffer.alloc(maxMarkingBytes + 1, 0xff), "image/jpeg", 413],
	])("is refused where it is %s", async (_what, bytes, type, status) => {
		expect((await put(bytes, { type })).statusCode).toBe(status);
		expect(await list()).toEqual([]);
	});

	it("is refused where it is cut short, or far larger than its file", async () => {
		const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
		const whole = await sharp({ create: { width: 640, height: 360, channels: 3, background: "#000", noise } })
			.jpeg()
			.toBuffer();
		expect((await put(whole.subarray(0, whole.length / 2))).statusCode).toBe(422);
		const huge = { width: 12_000, height: 6_000, channels: 3, background: "#fff" } as const;
		expect((await put(await sharp({ create: huge }).png().toBuffer(), { type: "image/png" })).statusCode).toBe(422);
	});

	it("is changed by supervisors, seen by who is signed in, and belongs to a lane that is there", async () => {
		const jpeg = await picture().jpeg().toBuffer();
		expect((await put(jpeg, { by: anna })).statusCode).toBe(403);
		expect((await put(jpeg, { by: server.nobody })).statusCode).toBe(401);
		expect((await put(jpeg, { lane: "lane-9" })).statusCode).toBe(404);
		expect((await put(jpeg, { kind: "door" })).statusCode).toBe(400);
		expect((await anna("DELETE", "/api/lanes/lane-1/markings/marking")).statusCode).toBe(403);
		const { id } = (await put(jpeg, { by: admin })).json<MarkingAnswer>();
		expect((await server.nobody("GET", `/api/markings/${id}`)).statusCode).toBe(401);
		expect((await anna("GET", `/api/markings/${id}`)).statusCode).toBe(200);
		expect((await anna("GET", "/api/lanes/lane-9/markings")).statusCode).toBe(404);
	});

	it("that a kill left without its row is taken away after a while, and no other", async () => {
		const { id } = (await put(await picture().jpeg().toBuffer())).json<MarkingAnswer>();
		await writeFile(join(server.dataFolder, "markings", "marking-left.123.part"), "half");
		const place = { store: server.parts.store, dataFolder: server.dataFolder };
		expect(await strayMarkings(place, 0)).toEqual(["marking-left.123.part"]);
		await removeStrayMarkings(server.parts); // not old enough yet
		expect((await files()).sort()).toEqual([id, "marking-left.123.part"].sort());
		await rm(join(server.dataFolder, "markings", "marking-left.123.part"));
	});

	it("that was changed or lost on the disk is told by the check", async () => {
		const { id } = (await put(await picture().jpeg().toBuffer())).json<MarkingAnswer>();
		const file = join(server.dataFolder, "markings", id);
		const whole = await readFile(file);
		await writeFile(file, Buffer.from(whole).fill(0x77, 100, 110));
		expect(await broken()).toEqual([`${file}: was changed`]);
		await writeFile(file, whole);
	});
});
