import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallSitesAnswer } from "#contract/drill-packs-api.ts";
import type { DrillAnswer, DrillsAnswer } from "#contract/drills-api.ts";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { removeStrayDrillPhotos } from "../../src/server/drills/drill-photos-actions.ts";
import { startFireStation } from "../support/fire-station.ts";
import type { Inject, TestApp } from "../support/server-app.ts";

const day = 86_400_000;
let server: TestApp;
let boss: Inject;
let manager: Inject;
let station: Inject;

beforeEach(async () => {
	({ server, boss, manager, station } = await startFireStation());
});
afterEach(() => server.close());

const record = {
	station: "清禾消防救援站",
	startedAt: Date.parse("2026-11-26T09:00:00Z"),
	endedAt: Date.parse("2026-11-26T10:00:00Z"),
	place: "清禾花园 🏠",
	content: "消防车通道、登高操作场地、消火栓测试",
	departments: ["清禾消防救援站", "物业服务中心"],
	people: ["李强", "བསྟན་འཛིན", "O'Neill 🚒"],
	lanes: [
		{ laneId: "gate-lane", result: "failed", why: "石墩挡道", minutesToReach: 6.5, carsMoved: 2 },
		{ laneId: "ring-lane", result: "passed", minutesToReach: 8 },
	],
	note: "",
};
const write = (by: Inject, id: string, seen: number, more: object = {}, corrects: string | null = null) =>
	by("PUT", `/api/sites/estate/drills/${id}`, { json: { seen, record: { ...record, ...more }, corrects } });
const drills = async (query = "", by = station) => (await by("GET", `/api/drills${query}`)).json<DrillsAnswer>();

describe("a drill's record", () => {
	it("is written once, stands on the lane's card, and counts for its week", async () => {
		const before = (await drills()).stations;
		expect(before.map(({ station: name, weeks }) => [name, weeks.length, weeks[0]])).toEqual([
			["清禾站", 8, { monday: "2026-11-23", drills: 0 }],
		]);
		const first = await write(station, "drill.1", 0);
		expect(first.statusCode, first.body).toBe(201);
		expect((await write(station, "drill.1", 0)).statusCode).toBe(200);
		const { drills: all, stations } = await drills();
		expect(all).toHaveLength(1);
		expect(all[0]).toMatchObject({ by: "清禾站", laneNames: { "gate-lane": "gate-lane 通道" }, record });
		expect(stations.find(({ station: name }) => name === "清禾消防救援站")?.weeks[0]).toEqual({
			...{ monday: "2026-11-23", drills: 1 },
		});
		const { lanes } = (await manager("GET", "/api/sites/estate/card")).json<SiteCardAnswer>();
		expect(lanes[0]?.lastDrill).toEqual({
			...{ drillId: "drill.1", at: record.startedAt, result: "failed", why: "石墩挡道" },
		});
		const { sites } = (await station("GET", "/api/call/sites")).json<CallSitesAnswer>();
		expect(sites[0]?.lastDrillAt).toBe(record.startedAt);
	});

	it("is corrected by another, which alone counts; both stay", async () => {
		await write(station, "drill.1", 0);
		const lanes = [{ laneId: "gate-lane", result: "passed" }];
		expect((await write(station, "drill.2", 0, { lanes }, "drill.1")).statusCode).toBe(201);
		const all = (await drills()).drills;
		expect(all.map(({ id, corrects, correctedBy }) => [id, corrects, correctedBy?.id ?? null])).toEqual([
			["drill.2", "drill.1", null],
			["drill.1", null, "drill.2"],
		]);
		expect((await drills()).stations.at(-1)?.weeks[0]?.drills).toBe(1);
		const card = (await station("GET", "/api/sites/estate/card")).json<SiteCardAnswer>();
		expect(card.lanes[0]?.lastDrill?.result).toBe("passed");
		const late = await write(station, "drill.3", 0, {}, "drill.1");
		expect(late.statusCode).toBe(409);
		expect(late.json()).toMatchObject({ meanwhile: [{ kind: "correction" }] });
		expect((await write(station, "drill.4", 0, {}, "no-such")).statusCode).toBe(400);
		expect(() => server.parts.store.exec("DELETE FROM drills")).toThrow(/corrected by another/);
		expect(() => server.parts.store.exec("UPDATE drills SET station = 'x'")).toThrow(/corrected by another/);
	});

	it("tells the second of two who record at once, who may add theirs when they have seen it", async () => {
		const other = await server.person("lead", "fire_supervisor", {
			scopes: [{ kind: "site", id: "estate" }],
			receiverId: await fireService(),
		});
		await write(station, "drill.a", 0);
		const second = await write(other, "drill.b", 0);
		expect(second.statusCode).toBe(409);
		expect(second.json()).toMatchObject({
			error: "changed_meanwhile",
			meanwhile: [{ kind: "drill", by: "清禾站" }],
		});
		const { position } = (await drills()).drills[0] as DrillAnswer;
		expect((await write(other, "drill.b", position)).statusCode).toBe(201);
		expect((await write(other, "drill.a", position)).json()).toMatchObject({ error: "id_taken" });
	});

	it("refuses what is wrong, with words and places", async () => {
		const refused = async (more: object, part: string) => {
			const answer = await write(station, "drill.x", 0, more);
			expect(answer.statusCode, answer.body).toBe(400);
			expect(answer.body).toContain(part);
		};
		await refused({ lanes: [{ laneId: "gate-lane", result: "failed" }] }, "record.lanes[0].why");
		await refused({ lanes: [{ laneId: "harbour-lane", result: "passed" }] }, "there is no lane harbour-lane here");
		await refused({ endedAt: server.clock.now + day }, "must not lie in the future");
		await refused({ endedAt: record.startedAt - 1 }, "must not be before it began");
		await refused({ people: [] }, "record.people");
		await refused({ content: "  " }, "record.content");
		await refused({ lanes: [{ laneId: "gate-lane", result: "passed", photos: ["nope"] }] }, "has not come yet");
		expect((await station("PUT", "/api/sites/harbour/drills/d", { json: { seen: 0, record } })).statusCode).toBe(404);
		expect((await write(manager, "drill.x", 0)).statusCode).toBe(403);
		expect((await drills()).drills).toEqual([]);
	});

	it("has its photos: decoded, once each, checked, of its site alone; those that nobody names go", async () => {
		const put = (name: string, payload: Buffer, type = "image/jpeg", site = "estate") =>
			station("PUT", `/api/sites/${site}/drill-photos/${name}`, { payload, headers: { "content-type": type } });
		const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#a33" } })
			.withExif({ IFD0: { Artist: "somebody" } })
			.jpeg()
			.toBuffer();
		expect((await put("p.1", jpeg)).statusCode).toBe(204);
		expect((await put("p.1", jpeg)).statusCode).toBe(204);
		await put("p.2", jpeg);
		expect((await put("p.3", Buffer.from("<svg/>"))).statusCode).toBe(415);
		expect((await put("p.3", Buffer.from("<svg/>"), "image/svg+xml")).statusCode).toBe(415);
		expect((await put("p.3", jpeg.subarray(0, 200))).statusCode).toBe(422);
		expect((await put("p.3", Buffer.alloc(15_000_001, 0xff))).statusCode).toBe(413);
		expect((await put("p.3", jpeg, "image/jpeg", "harbour")).statusCode).toBe(404);
		const lanes = [{ laneId: "gate-lane", result: "passed", photos: ["p.1"] }];
		expect((await write(station, "drill.1", 0, { lanes })).statusCode).toBe(201);
		const picture = await station("GET", "/api/sites/estate/drill-photos/p.1");
		expect(picture.headers["content-type"]).toBe("image/jpeg");
		expect(picture.rawPayload.includes("somebody")).toBe(false);
		expect((await boss("GET", "/api/sites/harbour/drill-photos/p.1")).statusCode).toBe(404);
		expect((await manager("GET", "/api/sites/estate/drill-photos/p.1")).statusCode).toBe(403);

		const folder = join(server.dataFolder, "drill-photos");
		await writeFile(join(folder, "left-by-a-kill"), "");
		server.clock.now += 31 * day;
		await removeStrayDrillPhotos(server.parts, 0);
		expect(await readdir(folder)).toEqual(["p.1"]);
		await writeFile(join(folder, "p.1"), "changed");
		const broken: string[] = [];
		for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) broken.push(sentence);
		expect(broken).toEqual([expect.stringMatching(/p\.1: has 7 bytes/)]);
	});
});

async function fireService(): Promise<string> {
	const json = { name: "消防救援大队", kind: "fire_rescue", contact: "0472-0000000" };
	const answer = await boss("POST", "/api/receivers", { json });
	if (answer.statusCode >= 300) throw new Error(answer.body);
	return answer.json<{ id: string }>().id;
}
