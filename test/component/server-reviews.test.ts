import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CustodyAnswer } from "#contract/ledger.ts";
import type { ReviewAnswer } from "#contract/reviews-api.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

let server: TestApp;
let anna: Inject;
let berta: Inject;
let lead: Inject;
let boss: Inject;
/** A vehicle's alert and one of goods, new for each test. */
let [car, goods] = ["", ""];
let n = 0;
beforeAll(async () => {
	server = await buildTestApp();
	server.edge("edge-1");
	[anna, berta] = [await server.person("anna", "duty_officer"), await server.person("berta", "duty_officer")];
	[lead, boss] = [await server.person("lead", "property_manager"), await server.person("boss", "admin")];
});
afterAll(() => server.close());
beforeEach(() => {
	n += 1;
	[car, goods] = [`car-${n}`, `goods-${n}`];
	const at = { edgeId: "edge-1", cameraId: "cam-1", raisedAt: 1_000 };
	putAlert(server.parts.store, { id: car, laneId: `lane-${n}`, ...at });
	putAlert(server.parts.store, { id: goods, laneId: `lane-${n}`, ...at, outline });
});

const outline = [
	[
		[0, 0],
		[1, 0],
		[1, 1],
	],
] as const;
const isTrue = { verdict: "true", plate: { text: "蒙b·1234 5", colour: "blue" } };
const confirm = (by: Inject, json: object = isTrue, id = car) =>
	by("PUT", `/api/alerts/${id}/review/confirmation`, { json });
const approve = async (by: Inject, more: object = {}, id = car) => {
	const confirmationId = (await review(boss, id)).confirmation?.id ?? 1;
	return by("PUT", `/api/alerts/${id}/review/approval`, { json: { confirmationId, verdict: "true", ...more } });
};
const takeBack = (by: Inject, step: string, id = car) => by("DELETE", `/api/alerts/${id}/review/${step}`);
const review = async (by: Inject, id = car) => (await by("GET", `/api/alerts/${id}/review`)).json<ReviewAnswer>();
const refused = async (answer: Promise<{ statusCode: number; json(): unknown }>) => {
	const given = await answer;
	return [given.statusCode, (given.json() as { error: string }).error];
};
const ledger = async () =>
	(await boss("GET", `/api/alerts/${car}/custody`)).json<CustodyAnswer>().rows.map(({ what, whoName, detail }) => ({
		...{ what, whoName, step: (detail as { step: string }).step },
	}));

describe("a review", () => {
	it("is confirmed by the duty officer with the plate as read, and approved by a supervisor; the ledger has both", async () => {
		expect(await review(anna)).toMatchObject({
			state: "none",
			needsPlate: true,
			may: { confirm: null, approve: "not_allowed" },
		});
		expect((await confirm(anna)).json()).toMatchObject({
			...{ state: "confirmed", may: { confirm: "already_said", takeBackConfirmation: null } },
			confirmation: { plate: { text: "蒙B12345", plateClass: "small", colour: "blue" }, by: "anna" },
		});
		server.clock.now += 1_000;
		expect((await approve(lead)).json()).toMatchObject({ state: "approved", approval: { by: "lead", plate: null } });
		expect(await ledger()).toEqual([
			{ what: "reviewed", whoName: "anna", step: "confirmation" },
			{ what: "reviewed", whoName: "lead", step: "approval" },
		]);
	});

	it("of goods needs no plate and takes none", async () => {
		expect(await refused(confirm(anna, isTrue, goods))).toEqual([400, "bad_input"]);
		expect((await confirm(anna, { verdict: "true" }, goods)).json()).toMatchObject({ needsPlate: false });
		expect((await approve(lead, {}, goods)).json()).toMatchObject({ state: "approved" });
	});

	it("is never by one person alone, whatever their role", async () => {
		await confirm(boss);
		expect(await refused(approve(boss))).toEqual([403, "same_person"]);
		expect((await approve(lead)).statusCode).toBe(200);
	});

	it("is approved by nobody below a supervisor, and where nothing was confirmed by nobody at all", async () => {
		expect(await refused(approve(lead))).toEqual([409, "not_confirmed"]);
		await confirm(anna);
		expect(await refused(approve(berta))).toEqual([403, "not_allowed"]);
		expect(await refused(approve(server.nobody))).toEqual([401, "not_signed_in"]);
		expect(await refused(confirm(server.nobody))).toEqual([401, "not_signed_in"]);
	});

	it("tells the second of two who was first; the same said twice changes nothing", async () => {
		const [first, second] = await Promise.all([confirm(anna), confirm(berta)]);
		expect([first.statusCode, second.statusCode]).toEqual([200, 409]);
		expect(second.json()).toMatchObject({ error: "already_said", first: { by: "anna", at: server.clock.now } });
		expect((await confirm(anna)).statusCode).toBe(200);
		expect(await refused(confirm(anna, { verdict: "false_alarm" }))).toEqual([409, "already_said"]);
		expect((await approve(lead)).statusCode).toBe(200);
		expect((await approve(boss)).json()).toMatchObject({ error: "already_said", first: { by: "lead" } });
		expect(await ledger()).toHaveLength(2);
	});

	it("is taken back while nothing followed, by who said it or an administrator, and stays in the ledger", async () => {
		await confirm(anna);
		expect(await refused(takeBack(berta, "confirmation"))).toEqual([403, "not_yours"]);
		await approve(lead);
		const followed = await takeBack(anna, "confirmation");
		expect(followed.json()).toMatchObject({ error: "followed", first: { by: "lead" } });
		expect((await takeBack(lead, "approval")).json()).toMatchObject({ state: "confirmed" });
		expect((await takeBack(boss, "confirmation")).json()).toMatchObject({ state: "none" });
		expect(await refused(takeBack(boss, "confirmation"))).toEqual([409, "nothing_said"]);
		expect((await ledger()).map(({ what }) => what)).toEqual([
			...["reviewed", "reviewed", "review_taken_back", "review_taken_back"],
		]);
		const { steps } = await review(anna);
		expect(steps.map(({ takenBack }) => takenBack?.by)).toEqual(["boss", "lead"]);
		expect((await confirm(berta)).json()).toMatchObject({ state: "confirmed" });
	});

	it("does not approve what was not looked at", async () => {
		await confirm(anna);
		const { confirmation } = await review(lead);
		await takeBack(anna, "confirmation");
		await confirm(anna, { ...isTrue, plate: { text: "蒙B54321", colour: "blue" } });
		const json = { confirmationId: confirmation?.id, verdict: "true" };
		expect(await refused(lead("PUT", `/api/alerts/${car}/review/approval`, { json }))).toEqual([409, "changed"]);
	});

	it.each([
		["rejected without a reason", { verdict: "rejected" }, "reason"],
		["a reason with what is true", { verdict: "true", reason: "unclear_picture" }, "reason"],
		["another reason without saying which", { verdict: "rejected", reason: "other" }, "note"],
		["a reason that is none", { verdict: "rejected", reason: "late" }, "reason"],
		["a plate that is none", { verdict: "true", plate: { text: "蒙B1234" } }, "plate.text"],
		["a plate of which nothing was read", { verdict: "true", plate: { text: "-------" } }, "plate.text"],
		["a plate of a false alarm", { verdict: "false_alarm", plate: isTrue.plate }, "plate"],
	])("with %s is refused with its place", async (_what, json, path) => {
		const answer = await confirm(anna, json);
		expect(answer.statusCode).toBe(400);
		expect(answer.json<{ problems: { path: string }[] }>().problems.map((problem) => problem.path)).toEqual([path]);
		expect(await ledger()).toEqual([]);
	});

	it.each([
		["unread characters", "蒙B1-345", "small"],
		["no plate at all", "无车牌", null],
		["no plate, in English", "none", null],
		["full-width letters", "蒙Ｂ１２３４５", "small"],
		["an emergency plate", "蒙X1234应急", "emergency"],
	])("takes a plate with %s", async (_what, text, plateClass) => {
		const { confirmation } = (await confirm(anna, { verdict: "true", plate: { text } })).json<ReviewAnswer>();
		expect(confirmation?.plate?.plateClass).toBe(plateClass);
	});

	it("is rejected at either step with a reason of article 22", async () => {
		const rejected = await confirm(anna, { verdict: "rejected", reason: "emergency_vehicle" });
		expect(rejected.json()).toMatchObject({ state: "rejected" });
		expect(await refused(approve(lead))).toEqual([409, "not_confirmed"]);
		await takeBack(anna, "confirmation");
		await confirm(anna);
		expect((await approve(lead, { verdict: "rejected", reason: "other", note: "画面太暗" })).json()).toMatchObject({
			...{ state: "rejected", approval: { reason: "other", note: "画面太暗" } },
		});
	});

	it("of an alert that is not there is not found", async () => {
		expect(await refused(confirm(anna, isTrue, "no-such"))).toEqual([404, "not_found"]);
		expect(await refused(takeBack(anna, "confirmation", "no-such"))).toEqual([404, "not_found"]);
		expect((await anna("GET", "/api/alerts/no-such/review")).statusCode).toBe(404);
	});
});
