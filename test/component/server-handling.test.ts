import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import type { WallAnswer } from "#contract/wall-api.ts";
import { escalateDue, verifyDue } from "../../src/server/handling/handling-round.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let admin: Inject;
let anna: Inject;
let berta: Inject;
const polygon = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.9, 0.9],
];
const minute = 60_000;

beforeEach(async () => {
	server = await buildTestApp({
		notices: { channels: ["manager", "speaker"].map((name) => ({ name, kind: "file", folder: "/tmp/never-written" })) },
		handling: {
			targets: { quiet: null },
			tell: [
				{ channel: "manager", levels: ["manager", "property_manager"] },
				{ channel: "speaker", levels: ["manager"], loud: true },
			],
		},
	});
	admin = await server.person("boss", "admin");
	anna = await server.person("anna", "duty_officer");
	berta = await server.person("berta", "duty_officer");
	server.edge("edge-1");
	for (const lane of ["lane-1", "lane-2"]) {
		const json = { name: `${lane} camera`, edgeId: "edge-1", url: "rtsp://10.0.0.9/" };
		const { id } = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>();
		await admin("PUT", `/api/cameras/${id}/zones`, {
			json: { zones: [{ id: lane, name: lane, kind: "fire_lane", polygon }] },
		});
	}
	server.parts.store.prepare("UPDATE edges SET state = 'online', state_since = 1").run();
});
afterEach(() => server.close());

const put = (id: string, more: { laneId?: string; raisedAt?: number; clearedAt?: number } = {}) =>
	putAlert(server.parts.store, {
		...{ id, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam", raisedAt: server.clock.now, ...more },
	});
const add = (who: Inject, id: string, json: object) => who("POST", `/api/alerts/${id}/handling`, { json });
const read = async (id: string) => (await anna("GET", `/api/alerts/${id}/handling`)).json<HandlingAnswer>();
const stateOf = async (id: string) => (await read(id)).handling.state;
const clear = (id: string, at: number) =>
	server.parts.store.prepare("UPDATE alerts SET cleared_at = ?, cleared_by = 'camera' WHERE id = ?").run(at, id);
const tellLane = (laneId: string, state: string, since: number, at: number) =>
	server.parts.store
		.prepare("UPDATE lanes SET state = ?, since = ?, state_at = ? WHERE id = ?")
		.run(state, since, at, laneId);

describe("the handling of an alert", () => {
	it("goes from raised to closed: people's words, and the camera's proof", async () => {
		put("occ-1");
		expect(await stateOf("occ-1")).toBe("raised");
		const seen = async () => (await read("occ-1")).handling.position;
		expect((await add(anna, "occ-1", { kind: "acknowledged" })).statusCode).toBe(201);
		expect(
			(await add(anna, "occ-1", { kind: "dispatched", to: { name: "老王" }, seen: await seen() })).statusCode,
		).toBe(201);
		expect((await read("occ-1")).handling).toMatchObject({ state: "dispatched", who: "老王" });
		await add(berta, "occ-1", { kind: "on_site" });
		await add(berta, "occ-1", { kind: "reported_cleared" });
		expect(await stateOf("occ-1")).toBe("on_site"); // nobody's word clears
		const gone = server.clock.now + 5 * minute;
		clear("occ-1", gone);
		expect(await stateOf("occ-1")).toBe("cleared");
		tellLane("lane-1", "clear", gone, gone + minute - 1);
		verifyDue(server.parts);
		expect(await stateOf("occ-1")).toBe("cleared");
		tellLane("lane-1", "clear", gone, gone + minute);
		verifyDue(server.parts);
		verifyDue(server.parts);
		expect((await read("occ-1")).entries.filter(({ kind }) => kind === "verified")).toHaveLength(1);
		expect((await add(anna, "occ-1", { kind: "closed", seen: await seen() })).json()).toMatchObject({
			handling: { state: "closed" },
			may: expect.arrayContaining(["reopened"]) as unknown,
		});
	});

	it("does not verify while it was unknown in between, and is closed then only with a reason", async () => {
		const gone = server.clock.now;
		put("occ-1", { raisedAt: gone - minute, clearedAt: gone });
		tellLane("lane-1", "unknown", gone + 20_000, gone + 2 * minute);
		verifyDue(server.parts);
		expect(await stateOf("occ-1")).toBe("cleared");
		expect((await add(anna, "occ-1", { kind: "closed" })).json()).toMatchObject({ problems: [{ path: "note" }] });
		expect((await add(anna, "occ-1", { kind: "closed", note: "我去看过" })).statusCode).toBe(201);
		expect((await read("occ-1")).entries.some(({ kind }) => kind === "verified")).toBe(false);
	});

	it("tells the second of two what the first did, and takes nothing of the second", async () => {
		put("occ-1");
		await add(anna, "occ-1", { kind: "acknowledged" });
		const at = server.clock.now;
		const late = await add(berta, "occ-1", { kind: "false_alarm", reason: "passing", seen: 0 });
		expect([late.statusCode, late.json()]).toMatchObject([
			409,
			{ error: "changed_meanwhile", first: { by: "anna", at }, meanwhile: [{ kind: "acknowledged", by: "anna", at }] },
		]);
		expect(await stateOf("occ-1")).toBe("acknowledged");
		const { position } = (await read("occ-1")).handling;
		await add(berta, "occ-1", { kind: "false_alarm", reason: "passing", seen: position });
		expect(await stateOf("occ-1")).toBe("false_alarm");
		expect((await add(anna, "occ-1", { kind: "dispatched", to: { name: "x" }, seen: 99 })).json()).toMatchObject({
			error: "not_now",
		});
	});

	it("is taken back by who said it while nothing followed, or by an administrator", async () => {
		put("occ-1");
		await add(anna, "occ-1", { kind: "acknowledged" });
		const undoes = (await read("occ-1")).handling.position;
		const back = { kind: "taken_back", undoes, seen: undoes };
		expect((await add(berta, "occ-1", back)).json()).toMatchObject({ error: "not_yours" });
		expect((await read("occ-1")).undoable).toBe(undoes);
		expect((await add(anna, "occ-1", back)).statusCode).toBe(201);
		expect(await stateOf("occ-1")).toBe("raised");
		await add(anna, "occ-1", { kind: "acknowledged", seen: 99 });
		const next = (await read("occ-1")).handling.position;
		await add(berta, "occ-1", { kind: "on_site" });
		expect((await add(anna, "occ-1", { ...back, undoes: next, seen: 99 })).json()).toMatchObject({ error: "followed" });
	});

	it("takes what is sent again once, with the time at which it was done, whatever the phone's clock shows", async () => {
		put("occ-1");
		const wrong = server.clock.now + 3 * 3_600_000; // the phone is three hours ahead
		const sent = { kind: "on_site", id: "phone-1.7", doneAt: wrong - 10 * minute, sentAt: wrong };
		expect((await add(anna, "occ-1", sent)).statusCode).toBe(201);
		expect((await add(anna, "occ-1", sent)).statusCode).toBe(200);
		expect((await read("occ-1")).entries).toMatchObject([
			{ kind: "on_site", happenedAt: server.clock.now - 10 * minute, clockOffMs: 3 * 3_600_000 },
		]);
		expect((await add(berta, "occ-1", sent)).json()).toMatchObject({ error: "id_taken" });
	});

	it("is given to those who may be sent to its site, and to nobody else", async () => {
		put("occ-1");
		server.edge("edge-9", "harbour");
		const at = async (name: string, role: "guard" | "auditor", site: string) => {
			await server.person(name, role, { scopes: [{ kind: "site", id: site }] });
			const id = server.parts.store.prepare("SELECT id FROM users WHERE name = ?").pluck().get(name);
			return add(anna, "occ-1", { kind: "dispatched", to: { userId: id }, seen: 0 });
		};
		const site = server.parts.store.prepare("SELECT site_id FROM edges WHERE id = 'edge-1'").pluck().get() as string;
		for (const answer of [await at("far", "guard", "harbour"), await at("clerk", "auditor", site)]) {
			expect(answer.statusCode, answer.body).toBe(400);
			expect(answer.json()).toMatchObject({ problems: [{ path: "to.userId" }] });
		}
		expect((await at("near", "guard", site)).statusCode).toBe(201);
	});

	it("refuses what makes no sense, and says where", async () => {
		put("occ-1");
		const problemsOf = async (json: object) =>
			(await add(anna, "occ-1", json)).json<{ problems?: { path: string }[] }>().problems?.map(({ path }) => path);
		expect(await problemsOf({ kind: "verified" })).toEqual(["kind"]);
		expect(await problemsOf({ kind: "false_alarm" })).toEqual(["reason"]);
		expect(await problemsOf({ kind: "false_alarm", reason: "permitted_work" })).toEqual(["reason"]);
		expect(await problemsOf({ kind: "exempt", reason: "other" })).toEqual(["note"]);
		expect(await problemsOf({ kind: "dispatched" })).toEqual(["to"]);
		expect(await problemsOf({ kind: "dispatched", to: { userId: "nobody" } })).toEqual(["to.userId"]);
		expect(await problemsOf({ kind: "taken_back" })).toEqual(["undoes"]);
		expect(await problemsOf({ kind: "note", note: "x".repeat(501) })).toEqual(["note"]);
		expect((await add(anna, "none", { kind: "acknowledged" })).statusCode).toBe(404);
		expect((await add(anna, "occ-1", { kind: "note", note: "🚒 王＂小明 ⴰⴱ" })).statusCode).toBe(201);
	});

	it("is only added to, also past the program", () => {
		put("occ-1");
		const { store } = server.parts;
		store.prepare("INSERT INTO handling_entries (alert_id, kind, at) VALUES ('occ-1', 'note', 1)").run();
		expect(() => store.exec("UPDATE handling_entries SET at = 2")).toThrow(/taken back/);
		expect(() => store.exec("DELETE FROM handling_entries")).toThrow(/taken back/);
	});
});

describe("one place, several cameras", () => {
	const samePlace = (json: object) => admin("PUT", "/api/lanes/lane-2/place", { json });

	it("is one case for people: one handling, cleared when every camera sees it clear", async () => {
		expect((await samePlace({ sameAs: "lane-1" })).statusCode).toBe(204);
		const raisedAt = server.clock.now;
		put("occ-1", { raisedAt });
		put("occ-2", { laneId: "lane-2", raisedAt: raisedAt + 10_000 });
		await add(anna, "occ-2", { kind: "acknowledged" });
		const alert = (await anna("GET", "/api/alerts/occ-1")).json<AlertAnswer>();
		expect(alert).toMatchObject({
			acknowledged: { by: "anna" },
			handling: { caseId: "occ-1", alertIds: ["occ-1", "occ-2"], state: "acknowledged" },
		});
		const wall = (await anna("GET", "/api/wall")).json<WallAnswer>();
		expect(wall.lanes.map(({ placeId }) => placeId)).toEqual(["lane-1", "lane-1"]);
		clear("occ-1", raisedAt + minute);
		expect(await stateOf("occ-1")).toBe("acknowledged");
		clear("occ-2", raisedAt + 2 * minute);
		expect(await stateOf("occ-1")).toBe("cleared");
		tellLane("lane-1", "clear", raisedAt + minute, raisedAt + 9 * minute);
		tellLane("lane-2", "unknown", raisedAt + 2 * minute, raisedAt + 9 * minute);
		verifyDue(server.parts);
		expect(await stateOf("occ-1")).toBe("cleared");
	});

	it("is told only once of an escalation, and apart again nothing is shared", async () => {
		await samePlace({ sameAs: "lane-1" });
		put("occ-1");
		put("occ-2", { laneId: "lane-2" });
		server.clock.now += minute;
		escalateDue(server.parts);
		expect((await read("occ-2")).entries.map(({ level }) => level)).toEqual(["re_ring"]);
		await samePlace({ sameAs: null });
		expect((await read("occ-2")).entries).toEqual([]);
	});

	it("tells who comes second that it was joined meanwhile, and keeps the rest together where the first leaves", async () => {
		const place = (lane: string, json: object) => admin("PUT", `/api/lanes/${lane}/place`, { json });
		expect((await samePlace({ sameAs: "lane-1", before: null })).statusCode).toBe(204);
		const late = await samePlace({ sameAs: null, before: null });
		expect([late.statusCode, late.json<{ error: string }>().error]).toEqual([409, "changed_meanwhile"]);
		const places = async () => {
			const { lanes } = (await anna("GET", "/api/wall")).json<WallAnswer>();
			return Object.fromEntries(lanes.map(({ id, placeId }) => [id, placeId]));
		};
		expect(await places()).toEqual({ "lane-1": "lane-1", "lane-2": "lane-1" });
		expect((await place("lane-1", { sameAs: null, before: null })).statusCode).toBe(204);
		expect(await places()).toEqual({ "lane-1": "lane-1", "lane-2": "lane-2" });
	});

	it("refuses places of places, itself, and lanes that are not there", async () => {
		for (const sameAs of ["lane-2", "none"]) expect((await samePlace({ sameAs })).statusCode).toBe(400);
		await samePlace({ sameAs: "lane-1" });
		expect((await admin("PUT", "/api/lanes/lane-1/place", { json: { sameAs: "lane-2" } })).statusCode).toBe(400);
		expect((await anna("PUT", "/api/lanes/lane-1/place", { json: { sameAs: null } })).statusCode).toBe(403);
	});

	it("a repeat spot is counted over 30 days, without false alarms", async () => {
		const day = 86_400_000;
		for (const [i, days] of [31, 29, 2, 1].entries()) {
			const raisedAt = server.clock.now - days * day;
			put(`old-${i}`, { raisedAt, clearedAt: raisedAt + minute });
		}
		put("occ-1");
		expect((await read("occ-1")).handling.spotAlerts).toBe(4);
		await add(anna, "old-3", { kind: "false_alarm", reason: "passing" });
		expect((await read("occ-1")).handling.spotAlerts).toBe(3);
	});
});

describe("escalation", () => {
	const levels = async (id = "occ-1") => (await read(id)).entries.flatMap(({ level }) => (level ? [level] : []));
	const after = (ms: number) => {
		server.clock.now += ms;
		escalateDue(server.parts);
	};
	const notices = () => server.parts.store.prepare("SELECT channel, text FROM notices ORDER BY rowid").all();

	it("climbs while nobody comes, each level once, and stops when the camera sees it clear", async () => {
		put("occ-1");
		after(59_999);
		expect(await levels()).toEqual([]);
		after(1);
		after(0);
		expect(await levels()).toEqual(["re_ring"]);
		after(2 * minute);
		expect(notices()).toEqual([
			{ channel: "manager", text: expect.stringContaining("值班主管") as unknown },
			{ channel: "speaker", text: expect.stringContaining("未知") as unknown }, // never seen since: nobody can tell
		]);
		expect((await read("occ-1")).entries.at(-1)?.detail).toMatchObject({
			lane: "unknown",
			told: ["manager", "speaker"],
		});
		after(30 * minute);
		expect(await levels()).toEqual(["re_ring", "manager", "property_manager", "street_and_fire"]);
		clear("occ-1", server.clock.now);
		after(60 * minute);
		expect(await levels()).toHaveLength(4);
	});

	it("stops at a judgement and goes on where it is taken back; unknown is not clear", async () => {
		put("occ-1");
		await add(anna, "occ-1", { kind: "exempt", reason: "loading" });
		after(60 * minute);
		expect(await levels()).toEqual([]);
		const undoes = (await read("occ-1")).handling.position;
		await add(anna, "occ-1", { kind: "taken_back", undoes, seen: undoes });
		tellLane("lane-1", "unknown", 1, 1);
		after(0);
		expect(await levels()).toHaveLength(5);
	});

	it("holds loud channels in quiet hours, and says so", async () => {
		const quiet = { from: "00:00", to: "24:00" };
		const { targets } = (await admin("GET", "/api/sites/estate/targets")).json<{ targets: object }>();
		expect((await anna("PUT", "/api/sites/estate/targets", { json: { revision: 0, targets } })).statusCode).toBe(403);
		const changed = await admin("PUT", "/api/sites/estate/targets", {
			json: { revision: 0, targets: { ...targets, quiet } },
		});
		expect(changed.json()).toMatchObject({ targets: { quiet }, changes: [{ by: "boss" }] });
		put("occ-1");
		after(3 * minute);
		expect(notices()).toHaveLength(1);
		expect((await read("occ-1")).entries.at(-1)?.detail).toMatchObject({ told: ["manager"], held: ["speaker"] });
	});

	it("refuses targets whose levels are out of order", async () => {
		const json = { revision: 0, targets: { escalateMs: { manager: 1_000 } } };
		expect((await admin("PUT", "/api/sites/estate/targets", { json })).json()).toMatchObject({
			problems: [{ path: "targets.escalateMs" }],
		});
	});

	it("tells the second of two who change targets at once, and keeps what the first set", async () => {
		const lead = await server.person("lead", "property_manager");
		const put = (by: typeof lead, acknowledgeMs: number) =>
			by("PUT", "/api/sites/estate/targets", { json: { revision: 0, targets: { acknowledgeMs } } });
		expect((await put(lead, 30_000)).statusCode).toBe(200);
		const late = await put(admin, 90_000);
		expect([late.statusCode, late.json()]).toMatchObject([409, { meanwhile: [{ by: "lead" }] }]);
		const answer = await admin("GET", "/api/sites/estate/targets");
		expect(answer.json()).toMatchObject({ targets: { acknowledgeMs: 30_000 } });
	});

	it("takes a clock that was set back as no time, and tells nothing again when it comes there", async () => {
		put("occ-1");
		after(minute);
		after(-30 * minute);
		after(30 * minute);
		expect(await levels()).toEqual(["re_ring"]);
	});
});
