import { afterEach, beforeEach, expect, it } from "vitest";
import type { HandoverAnswer, OpenCasesAnswer } from "#contract/handovers-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let anna: Inject;
let berta: Inject;

beforeEach(async () => {
	server = await buildTestApp();
	anna = await server.person("anna", "duty_officer");
	berta = await server.person("berta", "duty_officer");
	server.edge("edge-1");
});
afterEach(() => server.close());

const put = (id: string, laneId: string, more: object = {}) =>
	putAlert(server.parts.store, { id, edgeId: "edge-1", laneId, cameraId: "cam", raisedAt: server.clock.now, ...more });
const give = (who: Inject, note = "") => who("POST", "/api/handovers", { json: { note } });
const open = async () => (await anna("GET", "/api/open-cases")).json<OpenCasesAnswer>().cases.map(({ id }) => id);

it("lists what is not done: neither what is closed nor what was judged", async () => {
	put("occ-1", "lane-1");
	put("occ-2", "lane-2", { clearedAt: server.clock.now });
	put("occ-3", "lane-3");
	await anna("POST", "/api/alerts/occ-3/handling", { json: { kind: "false_alarm", reason: "passing" } });
	expect((await open()).sort()).toEqual(["occ-1", "occ-2"]);
	await anna("POST", "/api/alerts/occ-2/handling", { json: { kind: "closed", note: "看过" } });
	expect(await open()).toEqual(["occ-1"]);
});

it("goes from one person to another, who signs; the items are those of that moment", async () => {
	put("occ-1", "lane-1");
	const given = (await give(anna, "东门有车")).json<HandoverAnswer>();
	expect(given).toMatchObject({ by: "anna", note: "东门有车", items: [{ alertId: "occ-1" }], taken: null });
	expect((await give(berta)).json()).toMatchObject({ error: "already_waiting", first: { by: "anna" } });
	const take = (who: Inject) => who("POST", `/api/handovers/${given.id}/taken`, { json: {} });
	expect((await take(anna)).json()).toMatchObject({ error: "same_person" });
	put("occ-2", "lane-2");
	const taken = await take(berta);
	expect(taken.json()).toMatchObject({ taken: { by: "berta" }, items: [{ alertId: "occ-1" }, { alertId: "occ-2" }] });
	expect((await take(berta)).json()).toMatchObject({ error: "not_waiting", first: { by: "berta" } });
	expect((await berta("GET", "/api/handovers")).json()).toMatchObject({ handovers: [{ id: given.id }] });
});

it("is withdrawn by who gave it, and then another may be given", async () => {
	const { id } = (await give(anna)).json<HandoverAnswer>();
	expect((await berta("DELETE", `/api/handovers/${id}`)).statusCode).toBe(403);
	expect((await anna("DELETE", `/api/handovers/${id}`)).statusCode).toBe(204);
	expect((await give(berta)).statusCode).toBe(201);
	expect((await anna("DELETE", "/api/handovers/99")).statusCode).toBe(404);
});
