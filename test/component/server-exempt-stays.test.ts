import { afterAll, beforeAll, expect, it } from "vitest";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { ExemptStayBody } from "#contract/exempt-stays-api.ts";
import type { PolicyAnswer } from "#contract/policy-api.ts";
import { deleteOldExemptStays } from "../../src/server/exempt-stays/exempt-stays-store.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let admin: Person;
const tokens: Record<string, string> = {};
beforeAll(async () => {
	server = await startTestServer({ name: "阳光花园" });
	admin = await server.admin();
	for (const id of ["edge-1", "edge-2"]) tokens[id] = server.createEdge(id).token;
});
afterAll(() => server.stop());

const stay: ExemptStayBody = {
	...{ v: 1, revision: 1, laneId: "lane-1", cameraId: "camera-1", enteredAt: 1_000, exemptFrom: 6_000 },
	...{ endedAt: null, why: null, label: "truck", plate: "蒙X1234应急", plateClass: "emergency", colour: "white" },
	exemption: { reason: "emergency", permitId: null },
};
const ask = (edge: string, method: string, path: string, body?: object) =>
	fetch(server.url + path, {
		method,
		headers: { authorization: `Bearer ${tokens[edge]}`, "content-type": "application/json" },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
const tell = async (edge: string, id: string, body: object) =>
	(await ask(edge, "PUT", `/api/edge/exempt-stays/${id}`, body)).status;
const listed = (query = "") => admin.json<{ stays: object[]; more: boolean }>(`/api/exempt-stays${query}`);

it("an exempt vehicle is told while it stands and when it left; twice, late, in any order", async () => {
	expect(await tell("edge-1", "lane-1.a.exempt", stay)).toBe(204);
	const left = { ...stay, revision: 2, endedAt: 60_000, why: "left" };
	expect(await tell("edge-1", "lane-1.a.exempt", left)).toBe(204);
	expect(await tell("edge-1", "lane-1.a.exempt", stay)).toBe(204);
	const { v, revision, ...shown } = left;
	expect([v, revision]).toEqual([1, 2]);
	expect(await listed("?laneId=lane-1")).toEqual({
		stays: [{ id: "lane-1.a.exempt", laneName: null, ...shown }],
		more: false,
	});
	expect((await listed("?laneId=lane-9")).stays).toEqual([]);
});

it("by its own edge alone, in words that are known, and read by who is signed in", async () => {
	expect(await tell("edge-2", "lane-1.a.exempt", { ...stay, revision: 9 })).toBe(403);
	expect(await tell("edge-1", "lane-1.b.exempt", { ...stay, why: "because" })).toBe(400);
	expect((await fetch(`${server.url}/api/exempt-stays`)).status).toBe(401);
	expect((await ask("edge-1", "GET", "/api/exempt-stays")).status).toBeGreaterThanOrEqual(401);
});

it("newest first, in pages; after 30 days it is gone", async () => {
	await tell("edge-1", "lane-1.b.exempt", { ...stay, enteredAt: 90_000 });
	const first = await listed("?limit=1");
	expect(first).toMatchObject({ stays: [{ id: "lane-1.b.exempt" }], more: true });
	expect(await listed("?limit=1&before=90000")).toMatchObject({ stays: [{ id: "lane-1.a.exempt" }], more: false });
	deleteOldExemptStays(server.parts.store, server.parts.now() + 31 * 86_400_000);
	expect((await listed()).stays).toEqual([]);
});

it("the site's list of exempt vehicles is checked, normalised, recorded, and reaches the edges", async () => {
	const change = (emergencyPlates: string[], basedOn: number | null) =>
		admin.fetch("/api/policy", { method: "PUT", json: { policy: {}, hours: [], emergencyPlates, basedOn } });
	expect((await change(["救护车"], null)).status).toBe(400);
	expect((await change(["蒙B1234-"], null)).status).toBe(400);
	expect((await change(["蒙ｂ·１２３ 45", "蒙a-d12345"], null)).status).toBe(200);
	expect((await admin.json<PolicyAnswer>("/api/policy")).emergencyPlates).toEqual(["蒙B12345", "蒙AD12345"]);
	const config = (await (await ask("edge-1", "GET", "/api/edge/config")).json()) as EdgeConfigAnswer;
	expect(config.site?.emergencyPlates).toEqual(["蒙B12345", "蒙AD12345"]);
	const { changes } = await admin.json<{ changes: { after: object }[] }>("/api/policy/changes");
	expect(changes[0]?.after).toMatchObject({ emergencyPlates: ["蒙B12345", "蒙AD12345"] });
});
