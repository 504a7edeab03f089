import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
	HistoryAlertsAnswer,
	HistoryAnswer,
	HistoryLinesAnswer,
	HistoryPlacesAnswer,
} from "#contract/history-api.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { bringUpToDate, forgetMade } from "../../src/server/history/made-rows.ts";
import { spreadOldBlindDays } from "../../src/server/history/old-blind-days.ts";
import { applyMessage } from "../../src/server/ingest/apply-message.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

const minute = 60_000;
const hour = 60 * minute;
const midnight = Date.parse("2026-11-23T00:00:00+08:00"); // a Monday
const edge = { siteId: "estate", edgeId: "edge-1" };
let server: TestApp;
let anna: Inject;

beforeAll(async () => {
	server = await buildTestApp();
	server.clock.now = midnight;
	const admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	server.edge(edge.edgeId, edge.siteId);
	const json = { name: "东门摄像机", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	const { id } = (await admin("POST", "/api/cameras", { json })).json<{ id: string }>();
	cameraId = id;
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zones = [{ id: "lane-1", name: '=东门,"消防"车通道', kind: "fire_lane", polygon }];
	await admin("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
});
afterAll(() => server.close());

let cameraId = "";
const base = () => ({ v: 1 as const, laneId: "lane-1", cameraId });
function told(at: number, blindMs: number, more: object = {}): void {
	const payload = {
		...base(),
		state: "clear",
		reason: null,
		since: at,
		at,
		alertId: null,
		blindMs,
		watchedSince: midnight,
		...more,
	};
	applyMessage(server.parts.store, server.parts.feed, edge, "laneState", payload as never, at);
}
function raised(alertId: string, enteredAt: number, label = "car"): void {
	const [raisedAt, cause] = [enteredAt + 2 * minute, label === "object" ? "object" : "vehicle"];
	const payload = {
		...base(),
		id: `${alertId}.r`,
		alertId,
		at: raisedAt,
		kind: "raised",
		enteredAt,
		raisedAt,
		cause,
		label,
	};
	const whole = { ...payload, confidence: 0.9, box: [0.1, 0.1, 0.5, 0.5] };
	applyMessage(server.parts.store, server.parts.feed, edge, "alert", whole as never, raisedAt);
}
function cleared(alertId: string, clearedAt: number): void {
	const payload = { ...base(), id: `${alertId}.c`, alertId, at: clearedAt, kind: "cleared", clearedAt, by: "camera" };
	applyMessage(server.parts.store, server.parts.feed, edge, "alert", payload as never, clearedAt);
}
const read = async (more = "", from = "2026-11-23", to = "2026-11-23") =>
	(await anna("GET", `/api/history?from=${from}&to=${to}${more}`)).json<HistoryAnswer>();
const lines = async (by: string) =>
	(await anna("GET", `/api/history/lines?from=2026-11-23&to=2026-11-23&by=${by}`)).json<HistoryLinesAnswer>().lines;
const broken = async () => {
	const found: string[] = [];
	for await (const each of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(each);
	return found;
};

describe("the history of a lane", () => {
	it("says nothing before anything was told: all of it is unknown", async () => {
		server.clock.now = midnight + hour;
		const { total } = await read();
		expect(total).toMatchObject({ occupiedMs: 0, freeMs: 0, unknownMs: hour, availability: null, alerts: 0 });
	});

	it("counts blind time where it was, once, whatever comes late, twice, or never", async () => {
		told(midnight, 0);
		told(midnight + 2 * hour, 0);
		told(midnight + 3 * hour, 0, { state: "unknown", reason: "stream_lost" });
		told(midnight + 3.25 * hour, 0, { state: "unknown", reason: "stream_lost", since: midnight + 3 * hour }); // stands still
		server.clock.now = midnight + 3.5 * hour;
		expect((await read()).total).toMatchObject({ freeMs: 3 * hour, unknownMs: hour / 2 });
		told(midnight + 4.5 * hour, 1.5 * hour); // takes in the whole stretch
		told(midnight + 4.5 * hour, 1.5 * hour);
		told(midnight + 2.5 * hour, 0); // late
		told(midnight + 8 * hour, 1.5 * hour);
		server.clock.now = midnight + 8 * hour;
		const { total, cells } = await read();
		expect(total).toMatchObject({ occupiedMs: 0, unknownMs: 1.5 * hour, freeMs: 6.5 * hour });
		expect(cells.slice(2, 6).map(({ unknownMs }) => unknownMs / minute)).toEqual([0, 60, 30, 0]);
	});

	it("counts an occupied minute once, and goes on with what stands there still as far as the edge has told", async () => {
		raised("a", midnight + 6 * hour + 50 * minute);
		cleared("a", midnight + 7 * hour + 10 * minute);
		raised("b", midnight + 7.75 * hour, "truck");
		expect((await read()).total).toMatchObject({ occupiedMs: 35 * minute, alerts: 2 });
		server.clock.now = midnight + 10 * hour;
		expect((await read()).total).toMatchObject({ occupiedMs: 35 * minute, unknownMs: 3.5 * hour });
		told(midnight + 9 * hour, 1.5 * hour, { state: "occupied", since: midnight + 7.75 * hour, alertId: "b" });
		expect((await read()).total).toMatchObject({ occupiedMs: 95 * minute, unknownMs: 2.5 * hour });
		cleared("b", midnight + 9.5 * hour);
		cleared("b", midnight + 9.5 * hour);
		told(midnight + 10 * hour, 1.5 * hour);
		const { total } = await read();
		expect(total).toMatchObject({ occupiedMs: 125 * minute, unknownMs: 1.5 * hour, freeMs: 8.5 * hour - 125 * minute });
		expect(total.longest).toEqual({ alertId: "b", ms: 105 * minute });
		expect(total.clear).toMatchObject({ count: 2, medianMs: 18 * minute });
		expect((await lines("label")).map(({ key, occupiedMs }) => [key, occupiedMs / minute])).toEqual([
			["truck", 105],
			["car", 20],
		]);
		expect((await lines("weekday"))[0]).toMatchObject({ key: "1", alerts: 2, occupiedMs: 125 * minute });
	});

	it("leaves out what was judged false, says so, and takes it in again when that is taken back", async () => {
		const json = { kind: "false_alarm", reason: "nothing_there" };
		const said = await anna("POST", "/api/alerts/a/handling", { json });
		expect(said.statusCode, said.body).toBeLessThan(300);
		expect((await read()).total).toMatchObject({
			occupiedMs: 105 * minute,
			alerts: 2,
			falseAlarms: 1,
			falseAlarmRate: 0.5,
		});
		expect(await broken()).toEqual([]);
	});

	it("is opened down to the alerts that a figure is made of", async () => {
		const list = async (query: string) =>
			(await anna("GET", `/api/history/alerts?from=2026-11-23&to=2026-11-23${query}`)).json<HistoryAlertsAnswer>();
		expect((await list("")).alerts.map(({ id, judgement }) => [id, judgement])).toEqual([
			["b", "counts"],
			["a", "false_alarm"],
		]);
		expect((await list("&judgement=false_alarm")).alerts.map(({ id }) => id)).toEqual(["a"]);
		expect((await list("&hour=8")).alerts).toEqual([]);
		expect((await list("&hour=8&which=standing")).alerts.map(({ id }) => id)).toEqual(["b"]);
		expect((await list("&label=truck&weekday=1")).alerts.map(({ id }) => id)).toEqual(["b"]);
		const first = await list("&limit=1");
		expect(first.more).toBe(true);
		expect((await list(`&limit=1&after=${first.alerts[0]?.enteredAt}.b`)).alerts.map(({ id }) => id)).toEqual(["a"]);
	});

	it("is narrowed by hour, weekday, class and place", async () => {
		expect((await read("&hour=7")).total).toMatchObject({ occupiedMs: 15 * minute, alerts: 1, unknownMs: 0 });
		expect((await read("&weekday=2,3")).total).toMatchObject({ occupiedMs: 0, freeMs: 0, alerts: 0 });
		expect((await read("&label=truck")).total).toMatchObject({ occupiedMs: 105 * minute, availability: null });
		expect((await read("&label=car")).total).toMatchObject({ occupiedMs: 0, alerts: 1, falseAlarms: 1 });
		expect((await read("&siteId=elsewhere")).total).toMatchObject({ freeMs: 0, alerts: 0 });
		const places = (await anna("GET", "/api/history/places")).json<HistoryPlacesAnswer>();
		expect(places).toMatchObject({ firstDay: "2026-11-23", today: "2026-11-23", labels: ["car", "truck"] });
	});

	it("is saved as a table that no spreadsheet takes for a formula", async () => {
		const csv = await anna("GET", "/api/history/table?from=2026-11-23&to=2026-11-23&of=lane&format=csv");
		expect(csv.headers["content-type"]).toContain("text/csv");
		expect(csv.body.startsWith("\u{feff}消防车通道,畅通（分钟）,")).toBe(true);
		expect(csv.body).toContain(`"'=东门,""消防""车通道",`);
		const alerts = await anna(
			"GET",
			"/api/history/table?from=2026-11-23&to=2026-11-23&of=alert&format=csv&language=en",
		);
		expect(alerts.body).toContain("2026-11-23 07:45:00,2026-11-23 07:47:00,2026-11-23 09:30:00");
		const xlsx = await anna("GET", "/api/history/table?from=2026-11-23&to=2026-11-23&of=hour&format=xlsx");
		expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe("PK");
	});

	it.each([
		["from=2026-11-24&to=2026-11-23", "to"],
		["from=2026-13-24&to=2026-11-23", "from"],
		["from=2020-01-01&to=2026-01-01", "to"],
		["from=2026-11-23&to=2026-11-23&hour=24", "hour"],
		["from=2026-11-23&to=2026-11-23&weekday=mo", "weekday"],
		["from=2026-11-23&to=2026-11-23&laneId=a&siteId=b", "laneId"],
	])("%s is refused with the name of what cannot be taken", async (query, path) => {
		const answer = await anna("GET", `/api/history?${query}`);
		expect(answer.statusCode).toBe(400);
		expect(answer.json()).toMatchObject({ problems: [{ path }] });
	});

	it("comes to the same when everything is made anew, and `keepclear check` notices what does not", async () => {
		const { store } = server.parts;
		const before = await read("", "2026-11-20", "2026-11-25");
		spreadOldBlindDays(store);
		forgetMade(store);
		expect(await read("", "2026-11-20", "2026-11-25")).toEqual(before);
		expect(await broken()).toEqual([]);
		store.prepare("UPDATE lane_hours SET occupied_ms = occupied_ms + 1 WHERE hour_at = ?").run(midnight + 8 * hour);
		expect((await broken()).join()).toContain("history of lane lane-1: its hours are not");
		store.prepare("UPDATE lane_blind_hours SET blind_ms = blind_ms - 1 WHERE hour_at = ?").run(midnight + 3 * hour);
		expect((await broken()).join()).toContain("blind time of lane lane-1 on 2026-11-23");
		store.prepare("UPDATE lane_blind_hours SET blind_ms = blind_ms + 1 WHERE hour_at = ?").run(midnight + 3 * hour);
		forgetMade(store);
		bringUpToDate(store);
		expect(await broken()).toEqual([]);
	});
});
