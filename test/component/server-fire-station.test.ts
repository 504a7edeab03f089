import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallAnswer, CallSitesAnswer, ChanceAnswer, DrillPackAnswer } from "#contract/drill-packs-api.ts";
import type { SiteCardAnswer, SiteCardChangesAnswer } from "#contract/site-cards-api.ts";
import { keepPicture } from "../../src/server/cameras/camera-pictures.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { startFireStation } from "../support/fire-station.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import type { Inject, TestApp } from "../support/server-app.ts";

const day = 86_400_000;
let server: TestApp;
let boss: Inject;
let manager: Inject;
let station: Inject;
let cameraId: string;

beforeEach(async () => {
	({ server, boss, manager, station, cameraId } = await startFireStation());
});
afterEach(() => server.close());

/** As the edge tells it. */
function tell(laneId: string, state: object, at = server.clock.now) {
	const { store, feed } = server.parts;
	const edge = { siteId: "estate", edgeId: "edge-1" };
	store.prepare("UPDATE edges SET state = 'online', state_at = ?, state_since = ? WHERE id = 'edge-1'").run(at, at);
	const message = { v: 1, laneId, cameraId, reason: null, alertId: null, since: at, at, ...state };
	const outcome = applyMessage(store, feed, edge, "laneState", message as never, at);
	expect(outcome.result).not.toBe("refused");
}

function raise(laneId: string, enteredAt: number, clearedAt: number | null) {
	const { store, feed } = server.parts;
	const edge = { siteId: "estate", edgeId: "edge-1" };
	const alertId = `${laneId}.${enteredAt}`;
	const base = { v: 1, alertId, laneId, cameraId };
	const raised = {
		...base,
		id: `${alertId}.r`,
		at: enteredAt + 1000,
		kind: "raised",
		enteredAt,
		raisedAt: enteredAt + 1000,
	};
	const what = { cause: "vehicle", label: "car", confidence: 0.9, box: [0.1, 0.1, 0.4, 0.4] };
	applyMessage(store, feed, edge, "alert", { ...raised, ...what } as never, enteredAt + 1000);
	if (clearedAt === null) return alertId;
	const cleared = { ...base, id: `${alertId}.c`, at: clearedAt, kind: "cleared", clearedAt, by: "camera" };
	applyMessage(store, feed, edge, "alert", cleared as never, clearedAt);
	return alertId;
}

const card = {
	lanes: [{ laneId: "gate-lane", widthM: 4.2, heightM: 4.5, entry: "best" }],
	features: [
		{ id: "f-1", kind: "gate", name: "东门🚪", keeping: "locked", keyHolder: "门岗 0472-555", laneId: "gate-lane" },
		{ id: "f-2", kind: "hydrant", name: "ཆུ་ཁ་ 2 号消火栓", clearZone: "obstructed" },
	],
	contacts: [{ name: "王建国", duty: "物业经理", phone: "0472-5551234" }],
	bestEntry: "由清禾路东门进",
	otherEntry: "",
};
const saveCard = (by: Inject, revision: number, more: object = {}, site = "estate") =>
	by("PUT", `/api/sites/${site}/card`, { json: { revision, card: { ...card, ...more } } });

describe("a site's card", () => {
	it("is filled in by those who configure, read by the station, and keeps who changed what", async () => {
		expect((await station("GET", "/api/sites/estate/card")).json<SiteCardAnswer>()).toMatchObject({
			revision: 0,
			changed: null,
			lanes: [{ laneId: "gate-lane", lastDrill: null }, { laneId: "ring-lane" }],
		});
		const saved = await saveCard(manager, 0);
		expect(saved.statusCode, saved.body).toBe(200);
		expect(saved.json<SiteCardAnswer>()).toMatchObject({ revision: 1, changed: { by: "manager" } });
		const again = await saveCard(manager, 1);
		expect(again.json<SiteCardAnswer>().revision).toBe(1); // nothing was changed
		await saveCard(boss, 1, { features: [card.features[0]], bestEntry: "由南门进" });
		const { changes } = (await station("GET", "/api/sites/estate/card/changes")).json<SiteCardChangesAnswer>();
		expect(changes.map(({ by, parts }) => [by, parts])).toEqual([
			[
				"boss",
				[
					{ part: "entry", name: "", how: "changed" },
					{ part: "feature", name: "ཆུ་ཁ་ 2 号消火栓", how: "removed" },
				],
			],
			[
				"manager",
				[
					{ part: "lane", name: "gate-lane 通道", how: "added" },
					{ part: "feature", name: "东门🚪", how: "added" },
					{ part: "feature", name: "ཆུ་ཁ་ 2 号消火栓", how: "added" },
					{ part: "contacts", name: "", how: "added" },
					{ part: "entry", name: "", how: "added" },
				],
			],
		]);
		expect(() => server.parts.store.exec("UPDATE site_cards SET card = '{}'")).toThrow(/another version/);
	});

	it("tells the second of two who change it at once, and refuses what is not of the site", async () => {
		await saveCard(manager, 0);
		const late = await saveCard(boss, 0);
		expect(late.statusCode).toBe(409);
		expect(late.json()).toMatchObject({ error: "changed_meanwhile", meanwhile: [{ by: "manager" }] });
		expect((await saveCard(station, 1)).statusCode).toBe(403);
		expect((await saveCard(manager, 0, {}, "harbour")).statusCode).toBe(404);
		const foreign = await saveCard(manager, 1, { lanes: [{ laneId: "harbour-lane" }] });
		expect(foreign.statusCode).toBe(400);
		expect(foreign.body).toContain("card.lanes[0].laneId");
		const twice = await saveCard(manager, 1, { features: [card.features[0], card.features[0]] });
		expect(twice.body).toContain("stands here twice");
		expect((await saveCard(manager, 1, { lanes: [{ laneId: "gate-lane", widthM: -1 }] })).statusCode).toBe(400);
		expect((await saveCard(manager, 1, { bestEntry: "长".repeat(501) })).statusCode).toBe(400);
	});

	it("has its gates and hydrants on the plan, as long as they stand on the card", async () => {
		await saveCard(manager, 0);
		const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#eee" } })
			.png()
			.toBuffer();
		await manager("PUT", "/api/plans/estate/picture", { payload: png, headers: { "content-type": "image/png" } });
		const features = [
			{ featureId: "f-1", at: [0.5, 0.5] },
			{ featureId: "none", at: [0.1, 0.1] },
		];
		const json = { revision: 1, marks: { cameras: [], lanes: [], features } };
		const saved = await manager("PUT", "/api/plans/estate/marks", { json });
		expect(saved.json()).toMatchObject({ marks: { features: [features[0]] } });
	});
});

describe("a call", () => {
	const call = async (by = station) => (await by("GET", "/api/sites/estate/call")).json<CallAnswer>();
	const stateOf = ({ lanes }: CallAnswer, laneId: string) => {
		const { state, reason } = lanes.find((lane) => lane.laneId === laneId)!;
		return [state, reason];
	};

	it("is never green while it is not known, and green only while everything is", async () => {
		expect((await call()).ways).toEqual([{ way: "best", state: "unknown", laneIds: ["gate-lane", "ring-lane"] }]);
		tell("gate-lane", { state: "clear" });
		expect((await call()).ways[0]?.state).toBe("unknown");
		tell("ring-lane", { state: "clear" });
		expect((await call()).ways[0]?.state).toBe("free");
		tell("ring-lane", { state: "pending" }, server.clock.now + 1);
		expect(stateOf(await call(), "ring-lane")).toEqual(["unknown", "just_come"]);
		const alertId = raise("ring-lane", server.clock.now - 60_000, null);
		tell("ring-lane", { state: "occupied", alertId }, server.clock.now + 2);
		const blocked = await call();
		expect(stateOf(blocked, "ring-lane")).toEqual(["blocked", "occupied"]);
		expect(blocked.lanes.find(({ laneId }) => laneId === "ring-lane")?.obstruction).toMatchObject({ label: "car" });
		expect(blocked.ways[0]?.state).toBe("blocked");
		server.parts.store.exec("UPDATE edges SET state = 'offline'");
		expect((await call()).ways[0]?.state).toBe("unknown");
	});

	it("does not take leave for free: a permitted vehicle blocks, and where all may stand nobody knows", async () => {
		tell("gate-lane", { state: "clear" });
		const { now } = server.clock;
		const json = { laneId: "gate-lane", plate: null, from: now, until: now + 3_600_000, reason: "搬家" };
		await boss("POST", "/api/permits", { json });
		server.parts.store.exec("UPDATE permits SET until_at = until_at + 100 * 365 * 86400000");
		expect(stateOf(await call(), "gate-lane")).toEqual(["unknown", "any_may_stand"]);
		server.parts.store
			.prepare(
				"INSERT INTO exempt_stays (id, edge_id, lane_id, entered_at, revision, body, received_at) VALUES ('x', 'edge-1', 'gate-lane', 1, 1, ?, 1)",
			)
			.run(JSON.stringify({ endedAt: null, plate: "蒙A12345" }));
		const answer = await station("GET", "/api/sites/estate/call");
		expect(stateOf(answer.json(), "gate-lane")).toEqual(["blocked", "leave"]);
		expect(answer.body).not.toContain("蒙A");
	});

	it("follows the ways of the card, and finds the way in that is free", async () => {
		const lanes = [
			{ laneId: "gate-lane", entry: "best" },
			{ laneId: "ring-lane", entry: "other" },
		];
		await saveCard(manager, 0, { lanes });
		tell("ring-lane", { state: "clear" });
		const alertId = raise("gate-lane", server.clock.now - 60_000, null);
		tell("gate-lane", { state: "occupied", alertId });
		expect((await call()).ways.map(({ way, state }) => [way, state])).toEqual([
			["best", "blocked"],
			["other", "free"],
		]);
	});

	it("is of the station's own sites, with pictures too small for plates", async () => {
		const { sites } = (await station("GET", "/api/call/sites")).json<CallSitesAnswer>();
		expect(sites).toEqual([
			{ siteId: "estate", name: "estate", address: "", street: null, lanes: 2, lastDrillAt: null },
		]);
		expect((await station("GET", "/api/sites/harbour/call")).statusCode).toBe(404);
		expect((await station("GET", "/api/lanes/harbour-lane/small-picture")).statusCode).toBe(404);
		expect((await station("GET", "/api/lanes/gate-lane/small-picture")).json()).toMatchObject({ error: "no_picture" });
		const jpeg = await sharp({ create: { width: 1920, height: 1080, channels: 3, background: "#456" } })
			.jpeg()
			.toBuffer();
		await keepPicture(server.dataFolder, cameraId, jpeg);
		server.parts.store.prepare("UPDATE cameras SET picture_at = 5 WHERE id = ?").run(cameraId);
		const answer = await station("GET", "/api/lanes/gate-lane/small-picture");
		expect(answer.headers["x-captured-at"]).toBe("5");
		expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 480, format: "jpeg" });
		expect((await manager("GET", "/api/sites/estate/call")).statusCode).toBe(403);
	});
});

describe("a drill pack", () => {
	it("tells of a lane and the way as a whole: free, occupied and unknown are the time that there was", async () => {
		const { now } = server.clock;
		const from = now - 40 * day;
		for (const laneId of ["gate-lane", "ring-lane"])
			server.parts.store
				.prepare("INSERT INTO lane_watches (lane_id, watched_since, watched_from, told_until) VALUES (?, ?, ?, ?)")
				.run(laneId, from, from, laneId === "gate-lane" ? now : now - 5 * day);
		// Every evening from 20:00 to 20:30 at the site, at the ring lane from 20:15 to 20:45, up to when it was last told of.
		for (let back = 20; back >= 1; back--) {
			raise("gate-lane", now - back * day, now - back * day + 1_800_000);
			raise("ring-lane", now - back * day + 900_000, now - back * day + 2_700_000);
		}
		const answer = await station("GET", "/api/sites/estate/drill-pack");
		expect(answer.statusCode, answer.body).toBe(200);
		const { ways, lanes, today } = answer.json<DrillPackAnswer>();
		expect(today).toBe("2026-11-26");
		const way = ways[0]!.past.find(({ days }) => days === 30)!;
		const gate = lanes[0]!.past.find(({ days }) => days === 30)!;
		// 16 days both, 45 minutes; then 4 of the gate alone.
		expect(way.total.occupiedMs).toBe(15 * 2_700_000 + 5 * 1_800_000);
		expect(gate.total.occupiedMs).toBe(20 * 1_800_000);
		expect(way.total.freeMs).toBeLessThanOrEqual(gate.total.freeMs);
		expect(way.total.unknownMs).toBeGreaterThan(4 * day); // the ring lane has told nothing for five days
		expect(gate.worstHours).toEqual([20]);
		const at20 = gate.byHour[20]!;
		expect(at20.chance).toBeCloseTo((10 + 20 / 2) / 30, 1);
		expect(at20.low).toBeLessThan(at20.chance!);
		expect(lanes[0]).toMatchObject({ alerts30Days: 20, isRepeatSpot: true });

		const asked = await station("GET", "/api/sites/estate/drill-pack/chance?days=30&hour=20&on=workdays");
		const { lanes: chances } = asked.json<ChanceAnswer>();
		expect(chances[0]?.chance.days).toBeLessThanOrEqual(22);
		expect((await station("GET", "/api/sites/estate/drill-pack/chance?hour=24")).statusCode).toBe(400);
		expect((await station("GET", "/api/sites/harbour/drill-pack")).statusCode).toBe(404);
	});

	it("is a paper of few pages too, in both languages, whatever the names are made of", async () => {
		await saveCard(manager, 0);
		raise("gate-lane", server.clock.now - 60_000, null);
		for (const [language, word] of [
			["zh-CN", "首选路线"],
			["en", "Best way in"],
		] as const) {
			const answer = await station("GET", `/api/sites/estate/drill-pack/paper?language=${language}&hour=18`);
			expect(answer.statusCode, answer.body).toBe(200);
			expect(answer.headers["content-type"]).toBe("application/pdf");
			const pages = textOfPdf(answer.rawPayload);
			expect(pages.length).toBeLessThanOrEqual(6);
			for (const said of [word, "王建国", "由清禾路东门进", "东门", "〔U+1F6AA〕"])
				expect(pages.join("\n")).toContain(said);
		}
		expect((await station("GET", "/api/sites/estate/drill-pack/paper?language=fr")).statusCode).toBe(400);
		expect((await station("GET", "/api/sites/harbour/drill-pack/paper")).statusCode).toBe(404);
	});

	it("says nothing where nothing is known, and takes hours at which nobody looks for unknown", async () => {
		const pack = (await station("GET", "/api/sites/estate/drill-pack")).json<DrillPackAnswer>();
		expect(pack.ways[0]?.past[0]?.byHour[12]).toMatchObject({ chance: null, low: 0, high: 1 });
		expect(pack.ways[0]?.past[0]?.total.freeMs).toBe(0);
		const { now } = server.clock;
		server.parts.store
			.prepare(
				"INSERT INTO lane_watches (lane_id, watched_since, watched_from, told_until) VALUES ('gate-lane', ?, ?, ?)",
			)
			.run(now - 100 * day, now - 100 * day, now);
		server.parts.store
			.prepare("UPDATE zones SET armed = ? WHERE lane_id = 'gate-lane'")
			.run(JSON.stringify([{ from: "08:00", to: "20:00" }]));
		const { lanes } = (await station("GET", "/api/sites/estate/drill-pack")).json<DrillPackAnswer>();
		const byHour = lanes[0]!.past.find(({ days }) => days === 90)!.byHour;
		expect(byHour.map(({ chance }) => chance)).toEqual(
			Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 1 : null)),
		);
		expect(byHour[12]?.low).toBeLessThan(1);
	});
});
