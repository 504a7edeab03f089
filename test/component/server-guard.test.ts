import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let anna: Inject;
let picture: Buffer;

beforeEach(async () => {
	server = await buildTestApp();
	anna = await server.person("anna", "guard");
	server.edge("edge-1");
	const raisedAt = server.clock.now;
	putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId: "cam", raisedAt });
	picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#123456" } })
		.jpeg()
		.toBuffer();
});
afterEach(() => server.close());

const send = (who: Inject, id: string, payload: Buffer, { agoMs = 0, moment = "before", alert = "occ-1" } = {}) => {
	const sentAt = server.clock.now;
	const query = `moment=${moment}&doneAt=${sentAt - agoMs}&sentAt=${sentAt}`;
	const headers = { "content-type": "image/jpeg" };
	return who("PUT", `/api/alerts/${alert}/handling/photos/${id}?${query}`, { payload, headers });
};

it("a photo is kept once, however often and however much at once it is sent", async () => {
	const codes = await Promise.all([1, 2, 3].map(() => send(anna, "phone.1", picture, { agoMs: 60_000 })));
	expect(codes.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 201]);
	const { entries } = (await anna("GET", "/api/alerts/occ-1/handling")).json<HandlingAnswer>();
	expect(entries).toMatchObject([
		{
			kind: "photo",
			happenedAt: server.clock.now - 60_000,
			photo: { id: "phone.1", moment: "before", deleted: false },
		},
	]);
	expect(await readdir(join(server.dataFolder, "handling-photos"))).toEqual(["phone.1"]);
	expect((await anna("GET", "/api/handling-photos/phone.1")).headers["content-type"]).toBe("image/jpeg");
	const berta = await server.person("berta", "guard");
	expect((await send(berta, "phone.1", picture)).json()).toMatchObject({ error: "id_taken" });
});

it("what is no picture, is too large or belongs nowhere is refused and leaves nothing", async () => {
	const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
	expect((await send(anna, "phone.2", svg)).statusCode).toBe(415);
	expect((await send(anna, "phone.3", picture.subarray(0, 200))).statusCode).toBe(422);
	expect((await send(anna, "phone.4", Buffer.alloc(15_000_001, 0xff))).statusCode).toBe(413);
	expect((await send(anna, "phone.5", picture, { alert: "none" })).statusCode).toBe(404);
	expect((await send(anna, "..%2f..%2fetc", picture)).statusCode).toBe(400);
	expect((await send(anna, "phone.6", picture, { moment: "later" })).statusCode).toBe(400);
	expect(await readdir(join(server.dataFolder, "handling-photos")).catch(() => [])).toEqual([]);
	expect((await anna("GET", "/api/handling-photos/phone.2")).statusCode).toBe(404);
});

it("a guard sees what was given to him, and what else is open", async () => {
	const berta = await server.person("berta", "guard");
	const raisedAt = server.clock.now;
	putAlert(server.parts.store, { id: "occ-2", edgeId: "edge-1", laneId: "lane-2", cameraId: "cam", raisedAt });
	const lead = await server.person("lead", "duty_officer");
	const people = (await lead("GET", "/api/handling/people")).json<{ people: { id: string; name: string }[] }>().people;
	const userId = people.find(({ name }) => name === "berta")?.id;
	const json = { kind: "dispatched", to: { userId }, note: "请带锥桶" };
	expect((await anna("POST", "/api/alerts/occ-1/handling", { json })).statusCode).toBe(403); // a guard gives to nobody
	await lead("POST", "/api/alerts/occ-1/handling", { json });
	expect((await berta("GET", "/api/dispatches")).json()).toMatchObject({
		mine: [{ id: "occ-1", handling: { dispatchNote: "请带锥桶", who: "berta" } }],
		others: [{ id: "occ-2" }],
	});
	expect((await anna("GET", "/api/dispatches")).json()).toMatchObject({ mine: [] });
});

it("a guard of another site sees neither its alerts nor its photos", async () => {
	await send(anna, "phone.1", picture);
	server.edge("edge-2", "other-estate");
	const other = await server.person("other", "guard", { scopes: [{ kind: "site", id: "other-estate" }] });
	expect((await other("GET", "/api/dispatches")).json()).toMatchObject({ mine: [], others: [] });
	expect((await other("GET", "/api/handling-photos/phone.1")).statusCode).toBe(404);
	expect((await send(other, "phone.2", picture)).statusCode).toBe(404);
});
