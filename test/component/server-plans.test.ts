import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import sharp from "sharp";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { PlanAnswer, PlansAnswer } from "#contract/plans-api.ts";
import { removeStrayPlans } from "../../src/server/plans/stray-plans.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";

let server: TestApp;
let admin: Inject;
let cameraId: string;
beforeEach(async () => {
	server = await buildTestApp();
	admin = await server.person("boss", "admin");
	server.edge("edge-1");
	server.edge("edge-2", "other-estate");
	cameraId = await camera("edge-1", "lane-1");
	await camera("edge-2", "lane-2");
});
afterEach(() => server.close());

async function camera(edgeId: string, laneId: string): Promise<string> {
	const json = { name: "gate", edgeId, url: "rtsp://10.0.0.9/live" };
	const { id } = (await admin("POST", "/api/cameras", { json })).json<CameraAnswer>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.5, 0.9],
	];
	await admin("PUT", `/api/cameras/${id}/zones`, {
		json: { zones: [{ id: laneId, name: "lane", kind: "fire_lane", polygon }] },
	});
	return id;
}

const drawing = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: "#eeeeee" } });
const put = (payload: Buffer, type = "image/png", site = "estate") =>
	admin("PUT", `/api/plans/${site}/picture`, { payload, headers: { "content-type": type } });
const saveMarks = (revision: number, marks: unknown, site = "estate") =>
	admin("PUT", `/api/plans/${site}/marks`, { json: { revision, marks } });

describe("a site's plan", () => {
	it("is kept as a JPEG that fits a screen, without what else travelled in the picture", async () => {
		const png = await drawing(6000, 3000)
			.withExif({ IFD0: { Artist: "somebody" } })
			.png()
			.toBuffer();
		const answer = await put(png);
		expect(answer.statusCode, answer.body).toBe(200);
		expect(answer.json<PlanAnswer>()).toMatchObject({
			siteId: "estate",
			widthPx: 4096,
			heightPx: 2048,
			revision: 1,
			by: "boss",
		});
		const picture = await admin("GET", "/api/plans/estate/picture");
		expect(picture.headers["content-type"]).toBe("image/jpeg");
		expect(picture.rawPayload.includes("somebody")).toBe(false);
		const { sites } = (await admin("GET", "/api/plans")).json<PlansAnswer>();
		expect(sites.map(({ siteId, plan }) => [siteId, plan !== null])).toEqual([
			["estate", true],
			["other-estate", false],
		]);
	});

	it("is refused where it is no picture, is a program, is too large, or of no site", async () => {
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
		expect((await put(svg, "image/svg+xml")).statusCode).toBe(415);
		expect((await put(svg, "image/png")).statusCode).toBe(415);
		const png = await drawing(40, 40).png().toBuffer();
		expect((await put(png.subarray(0, 60))).statusCode).toBe(422);
		const huge = await drawing(9000, 7000).png({ compressionLevel: 9 }).toBuffer();
		const refused = await put(huge);
		expect(refused.statusCode).toBe(422);
		expect(refused.json<{ message: string }>().message).toContain("60 megapixels");
		expect((await put(Buffer.alloc(50_000_001, 0xff), "image/jpeg")).statusCode).toBe(413);
		expect((await put(png, "image/png", "no-such-site")).statusCode).toBe(404);
	});

	it("is seen by those of its site alone, and changed by those who configure", async () => {
		await put(await drawing(40, 40).png().toBuffer());
		const guard = await server.person("guard", "guard", { scopes: [{ kind: "site", id: "other-estate" }] });
		expect((await guard("GET", "/api/plans")).json<PlansAnswer>().sites.map(({ siteId }) => siteId)).toEqual([
			"other-estate",
		]);
		expect((await guard("GET", "/api/plans/estate/picture")).statusCode).toBe(404);
		expect((await guard("DELETE", "/api/plans/other-estate")).statusCode).toBe(403);
	});

	it("is told to open walls whenever it changes", async () => {
		const { feed } = server.parts;
		const told = (from: number) => feed.since(from)?.map(({ kind, subject }) => `${kind} ${subject}`);
		const before = feed.position();
		await put(await drawing(40, 40).png().toBuffer());
		await saveMarks(1, { cameras: [{ cameraId, at: [0.5, 0.5] }], lanes: [] });
		await saveMarks(1, { cameras: [], lanes: [] }); // refused: it has changed meanwhile
		await admin("DELETE", "/api/plans/estate");
		expect(told(before)).toEqual(["plan estate", "plan estate", "plan estate"]);
	});

	it("has what lies on it, of this site alone; and of two who change it at once the second is told", async () => {
		await put(await drawing(40, 40).png().toBuffer());
		const points = [
			[0.1, 0.2],
			[0.5, 0.2],
		];
		const marks = {
			cameras: [{ cameraId, at: [0.5, 0.5] }],
			lanes: ["lane-1", "lane-2", "lane-1"].map((laneId) => ({ laneId, points })),
		};
		const saved = await saveMarks(1, marks);
		expect(saved.json<PlanAnswer>()).toMatchObject({
			revision: 2,
			marks: { ...marks, lanes: [{ laneId: "lane-1", points }] },
		});
		const late = await saveMarks(1, marks);
		expect(late.statusCode).toBe(409);
		expect(late.json()).toMatchObject({ error: "changed_meanwhile" });
		expect((await saveMarks(2, { cameras: [], lanes: [{ laneId: "lane-1", points: [[0, 0]] }] })).statusCode).toBe(400);
		expect((await saveMarks(2, { cameras: [{ cameraId, at: [2, 0] }], lanes: [] })).statusCode).toBe(400);
		// A new picture keeps what was drawn.
		const again = (await put(await drawing(80, 40).jpeg().toBuffer(), "image/jpeg")).json<PlanAnswer>();
		expect(again).toMatchObject({ revision: 3, widthPx: 80, marks: { cameras: marks.cameras } });
		const folder = join(server.dataFolder, "plans");
		await writeFile(join(folder, "plan-left-by-a-kill"), "");
		await removeStrayPlans(server.parts, 0);
		expect(await readdir(folder)).toEqual([again.pictureId]);
		expect((await admin("DELETE", "/api/plans/estate")).statusCode).toBe(204);
		expect((await admin("GET", "/api/plans/estate/picture")).statusCode).toBe(404);
	});
});
