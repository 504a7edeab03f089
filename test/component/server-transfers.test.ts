import { appendFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import type { CustodyAnswer } from "#contract/ledger.ts";
import { sumsName } from "#contract/evidence-package.ts";
import type { TransferAnswer, TransferQuestionAnswer } from "#contract/transfers-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import type { SignedIn } from "../../src/server/accounts/sessions-store.ts";
import { removeStrayPackages } from "../../src/server/transfers/stray-packages.ts";
import { forgetTransfers } from "../../src/server/transfers/transfers-store.ts";
import { makeTransfer } from "../../src/server/transfers/make-transfer.ts";
import { type ComposePackage, composeTransferPackage } from "../../src/server/transfer-package/compose-package.ts";
import { everySite } from "../../src/server/scope/visible-sites.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { type ClueWorld, putClue, putMarkings, review, setOf, startMarkedWorld } from "../support/clue.ts";
import type { Inject, TestApp } from "../support/server-app.ts";

let server: TestApp;
let world: ClueWorld;
let id = "";
let n = 0;
beforeAll(async () => {
	world = await startMarkedWorld();
	({ server } = world);
});
afterAll(() => server.close());
beforeEach(() => {
	n += 1;
	id = `clue-${n}`;
});

const transfer = (by: Inject = world.lead, receiver = world.police.id, alertId = id) =>
	by("POST", `/api/alerts/${alertId}/transfer`, { json: { receiver } });
const transferred = async () => {
	await putClue(world, id);
	await review(id, world.anna, world.lead);
	return (await transfer()).json<TransferAnswer>();
};
const question = async (by = world.anna) =>
	(await by("GET", `/api/alerts/${id}/transfer`)).json<TransferQuestionAnswer>();
const say = (number: string, json: object, by: Inject = world.lead) =>
	by("POST", `/api/transfers/${number}/entries`, { json: { on: "2026-11-26", ...json } });
const custody = async () => (await world.boss("GET", `/api/alerts/${id}/custody`)).json<CustodyAnswer>().rows;
const reasons = (answer: { json(): unknown }) =>
	(answer.json() as { problems: { path: string }[] }).problems.map(({ path }) => path);
const broken = async () => {
	const found: string[] = [];
	for await (const sentence of findBrokenPromises(server.parts.store, server.dataFolder)) found.push(sentence);
	return found;
};

describe("a transfer", () => {
	it("is numbered, freezes what it tells, and stands in the ledger with receiver and hashes", async () => {
		const made = await transferred();
		expect(made).toMatchObject({
			...{
				number: "XS-2026-000001",
				alertId: id,
				maskedPlate: "蒙B·12**5",
				state: "sent",
				by: "lead",
				laneName: "东门消防车通道",
			},
			receiver: { name: "昆都仑区交警大队", kind: "traffic_police" },
			clocks: [{ name: "review", state: "running", startedOn: "2026-11-26", dueOn: "2026-12-03" }],
		});
		expect(JSON.stringify(made)).not.toContain("蒙B12345");
		const row = (await custody()).find(({ what }) => what === "transferred");
		expect(row).toMatchObject({
			...{ whoName: "lead", why: "线索移交：昆都仑区交警大队", on: { kind: "transfer", id: made.number } },
			detail: { number: made.number, receiver: { id: world.police.id }, sums: made.sumsSha256 },
		});
		expect((row?.detail as { files: unknown[] }).files).toHaveLength(made.files);
		expect((await world.anna("GET", `/api/transfers/${made.number}`)).json()).toEqual(made);
		expect((await question()).transfers).toEqual([made]);
		expect(await broken()).toEqual([]);
	});

	it("is refused with every reason at once, and takes no number", async () => {
		await putClue(world, id, { seal: false, set: { clock: { offsetMs: 1_200, source: "chrony", readAt: 1 } } });
		const answer = await transfer(world.lead, world.fireService.id);
		expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([409, "not_transferable"]);
		expect(reasons(answer)).toEqual([
			...["not_approved", "plate_not_confirmed", "clock_off", "evidence_not_sealed", "receiver_of_other_law"],
		]);
		expect((await question()).missing.map(({ reason }) => reason)).toEqual(reasons(answer).slice(0, -1));
		expect((await question()).receivers.map(({ id }) => id)).toEqual([world.police.id]);
		expect((await custody()).map(({ what }) => what)).not.toContain("transferred");
	});

	it.each([
		["moved", { stillness: { ...setOf("x").stillness!, stoodStill: false } }],
		["stillness_unknown", { stillness: null }],
		["clock_unknown", { clock: null }],
	] as const)("is refused where it is %s", async (reason, set) => {
		await putClue(world, id, { set });
		await review(id, world.anna, world.lead);
		expect(reasons(await transfer())).toEqual([reason]);
	});

	it("is refused where a photo was not taken, has not come, or came too soon after the first", async () => {
		const { items } = setOf(id);
		const [first, second] = items;
		const missing = { ...second!, state: "missing", reason: "no_video", capturedAt: null } as const;
		await putClue(world, id, { set: { items: [first!, missing] } });
		await review(id, world.anna, world.lead);
		expect(reasons(await transfer())).toEqual(["second_photo_missing"]);
		const tell = (revision: number, capturedAt: number) =>
			world.edge("PUT", `/api/edge/alerts/${id}/evidence-set`, {
				json: { ...setOf(id), revision, items: [first, { ...second, capturedAt }] },
			});
		await tell(2, first!.capturedAt! + 9_000);
		expect(reasons(await transfer())).toEqual(["interval_too_short"]);
		const clip = { ...first!, id: `${id}.clip`, kind: "clip" } as const;
		await world.edge("PUT", `/api/edge/alerts/${id}/evidence-set`, {
			json: { ...setOf(id), revision: 3, items: [...items, clip] },
		});
		expect(reasons(await transfer())).toEqual(["evidence_not_arrived"]);
	});

	it("is refused where what an edge sealed has not come", async () => {
		await putClue(world, id, { send: false });
		await review(id, world.anna, world.lead);
		expect(reasons(await transfer())).toEqual(["evidence_not_arrived", "evidence_not_sealed"]);
	});

	it("is refused for a vehicle that may stand there, by a word of false alarm, and while a photo of the lane is missing", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		const span = { from_at: 0, until_at: 9_999_999_999_999 };
		const user = server.parts.store.prepare("SELECT id FROM users LIMIT 1").pluck().get();
		server.parts.store
			.prepare(
				`INSERT INTO permits (id, lane_id, plate, from_at, until_at, reason, given_by, given_at)
				VALUES ('p', 'lane-1', '蒙B12345', @from_at, @until_at, '搬家', @user, 1)`,
			)
			.run({ ...span, user });
		const handle = (json: object) => world.berta("POST", `/api/alerts/${id}/handling`, { json });
		const said = (await handle({ kind: "false_alarm", reason: "passing" })).json<HandlingAnswer>();
		await world.lead("DELETE", "/api/lanes/lane-1/markings/sign");
		expect(reasons(await transfer())).toEqual(["said_false_alarm", "exempt", "sign_missing"]);
		server.parts.store.exec("DELETE FROM permits");
		await handle({ kind: "taken_back", undoes: said.handling.position, seen: said.handling.position });
		await putMarkings(world, ["sign"]);
		expect((await transfer()).statusCode).toBe(201);
	});

	it("is made once, however many ask at once, with numbers that follow each other; a returned one may go again", async () => {
		const before = (await world.anna("GET", "/api/transfers")).json<{ transfers: TransferAnswer[] }>().transfers.length;
		const other = `${id}-other`;
		for (const each of [id, other]) {
			await putClue(world, each);
			await review(each, world.anna, world.lead);
		}
		const answers = await Promise.all([transfer(), transfer(world.boss), transfer(world.lead, world.police.id, other)]);
		expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 409, 201]);
		expect(reasons(answers[1])).toEqual(["already_transferred"]);
		const numbers = [answers[0], answers[2]].map((answer) => answer.json<TransferAnswer>().number);
		expect(numbers.map((number) => Number(number.slice(-6)))).toEqual([before + 1, before + 2]);
		await say(numbers[0]!, { kind: "returned", reason: "unclear_picture" });
		expect((await transfer()).statusCode).toBe(201);
		expect((await question()).transfers.map(({ state }) => state)).toEqual(["sent", "returned"]);
		expect(await broken()).toEqual([]);
	});

	it("holds what was said in review until it is returned", async () => {
		const { number } = await transferred();
		const takeBack = () => world.boss("DELETE", `/api/alerts/${id}/review/approval`);
		expect((await takeBack()).json()).toMatchObject({ error: "transferred" });
		await say(number, { kind: "returned", reason: "wrong_plate" });
		expect((await takeBack()).statusCode).toBe(200);
	});

	it("leaves nothing behind, neither file nor number, where its package cannot be made or the review changes meanwhile", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		const { parts, dataFolder } = server;
		const user = parts.store
			.prepare<[], SignedIn["user"]>("SELECT id, name, role FROM users WHERE name = 'lead'")
			.get()!;
		const signedIn: SignedIn = {
			user,
			sites: everySite,
			sessionId: "",
			isScreen: false,
			csrfToken: "",
			startedAt: 0,
			expiresAt: 0,
		};
		const make = (compose: ComposePackage) =>
			makeTransfer(parts, compose, id, { receiver: world.police.id, note: null }, signedIn);
		const folders = async () => (await readdir(join(dataFolder, "transfers"))).length;
		const before = await folders();
		await expect(make(() => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
		const meanwhile: ComposePackage = async (...given) => {
			await world.lead("DELETE", `/api/alerts/${id}/review/approval`);
			await review(id, world.anna, world.boss);
			return composeTransferPackage(...given);
		};
		await expect(make(meanwhile)).rejects.toMatchObject({ status: 409, answer: { error: "changed" } });
		expect(await folders()).toBe(before);
		const { number } = (await transfer()).json<TransferAnswer>();
		expect(Number(number.slice(-6))).toBe(before + 1);
		expect(await broken()).toEqual([]);
	});

	it("is made by supervisors, to a receiver that is there", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		expect((await transfer(world.anna)).statusCode).toBe(403);
		expect((await transfer(server.nobody)).statusCode).toBe(401);
		expect(reasons(await transfer(world.lead, "receiver-none"))).toEqual(["receiver"]);
		expect((await transfer(world.lead, world.police.id, "clue-none")).statusCode).toBe(404);
		expect((await server.nobody("GET", `/api/alerts/${id}/transfer`)).statusCode).toBe(401);
	});
});

describe("its package", () => {
	const get = (number: string, by: Inject = world.lead) => by("GET", `/api/transfers/${number}/package`);

	it("verifies, is the same each time whatever came since, and each download is recorded", async () => {
		const { number, sumsSha256, files } = await transferred();
		const first = await get(number);
		expect(first.headers["content-disposition"]).toBe(`attachment; filename="${number}.zip"`);
		const file = join(server.dataFolder, "out.zip");
		await writeFile(file, first.rawPayload);
		const opened = await openPackage(file);
		const verdict = await verifyPackage(opened, null);
		expect(verdict).toMatchObject({ broken: [], files: 2 });
		for (const name of ["letter.pdf", "clue.json", "ORIGINALS.sha256", "HOW-TO-VERIFY.txt"])
			expect(opened.names).toContain(name);
		await putMarkings(world);
		const again = await get(number);
		expect(sha256Of(again.rawPayload)).toBe(sha256Of(first.rawPayload));
		const exported = (await custody()).filter(({ what }) => what === "exported");
		expect(exported.map(({ detail }) => detail)).toEqual([1, 2].map(() => ({ number, sums: sumsSha256 })));
		expect(files).toBeGreaterThan(7);
		expect(first.rawPayload.includes(sumsName)).toBe(true);
	});

	it("is for those who transfer, and of a transfer that is there", async () => {
		const { number } = await transferred();
		expect((await get(number, world.anna)).statusCode).toBe(403);
		expect((await get(number, server.nobody)).statusCode).toBe(401);
		expect((await get("XS-2026-999999")).statusCode).toBe(404);
		expect((await get("XS-2026-..")).statusCode).toBe(404);
	});

	it("stays while its time is not over; then the record is shown without it", async () => {
		const { number } = await transferred();
		await removeStrayPackages(server.parts);
		expect((await get(number)).statusCode).toBe(200);
		forgetTransfers(server.parts.store, id, 1);
		expect((await get(number)).json()).toMatchObject({ error: "deleted" });
		const left = (await world.anna("GET", `/api/transfers/${number}`)).json<TransferAnswer>();
		expect(left).toMatchObject({ isDeleted: true, maskedPlate: null, laneName: "东门消防车通道", state: "sent" });
		expect((await say(number, { kind: "handled" })).statusCode).toBe(201);
		expect(await broken()).toEqual([]);
	});

	it("that was changed on the disk is not given out, and the check says which", async () => {
		const { number } = await transferred();
		const folder = join(server.dataFolder, "transfers", number);
		const [name = ""] = await readdir(folder);
		await appendFile(join(folder, name), "x");
		expect((await get(number)).json()).toMatchObject({ error: "damaged" });
		expect((await broken()).filter((sentence) => sentence.includes(number))).toHaveLength(1);
		await rm(join(folder, name));
		expect((await get(number)).statusCode).toBe(409);
		server.parts.store.exec("DROP TRIGGER transfers_are_not_deleted");
		server.parts.store.prepare("DELETE FROM transfers WHERE number = ?").run(number);
		await rm(folder, { recursive: true });
	});
});

describe("what the receiver lets us know", () => {
	it("moves the transfer and its clocks, by rows that are only added, each in the ledger", async () => {
		const { number } = await transferred();
		const received = await say(number, { kind: "receipt", person: "王警官", reference: "受理-88" });
		expect(received.statusCode, received.body).toBe(201);
		expect(received.json()).toMatchObject({ state: "received", entries: [{ person: "王警官", by: "lead" }] });
		server.clock.now += 86_400_000;
		expect((await say(number, { kind: "accepted", on: "2026-11-27" })).json()).toMatchObject({
			...{
				state: "accepted",
				clocks: [
					{ name: "review", state: "kept" },
					{ name: "notify", dueOn: "2026-12-04" },
				],
			},
		});
		expect((await custody()).filter(({ what }) => what === "transfer_entry")).toHaveLength(2);
		expect(() => server.parts.store.exec("UPDATE transfer_entries SET note = 'x'")).toThrow(/corrected by another/);
		server.clock.now -= 86_400_000;
	});

	it("is corrected by another row, once, and the state follows", async () => {
		const { number } = await transferred();
		const { entries } = (await say(number, { kind: "returned", reason: "wrong_plate" })).json<TransferAnswer>();
		const corrects = entries[0]?.id;
		const corrected = (await say(number, { kind: "accepted", corrects })).json<TransferAnswer>();
		expect(corrected.state).toBe("accepted");
		expect(corrected.entries[0]?.correctedBy).toBe(corrected.entries[1]?.id);
		expect((await say(number, { kind: "towed", corrects }, world.boss)).json()).toMatchObject({
			...{ error: "already_said", first: { by: "lead" } },
		});
		const last = corrected.entries[1]?.id;
		expect((await say(number, { kind: "withdrawn", corrects: last, note: "记错了" })).json()).toMatchObject({
			state: "sent",
		});
		expect(await broken()).toEqual([]);
	});

	it.each([
		["a day before it left", { kind: "accepted", on: "2026-11-25" }, "on"],
		["a day to come", { kind: "accepted", on: "2026-11-27" }, "on"],
		["no day", { kind: "accepted", on: "soon" }, "on"],
		["a receipt without who took it", { kind: "receipt" }, "person"],
		["a return without a reason", { kind: "returned" }, "reason"],
		["another reason without saying which", { kind: "returned", reason: "other" }, "note"],
		["a reason that belongs to no return", { kind: "towed", reason: "other", note: "x" }, "reason"],
		["a correction of nothing", { kind: "accepted", corrects: 999 }, "corrects"],
		["a withdrawal of nothing", { kind: "withdrawn", note: "x" }, "corrects"],
	])("with %s is refused with its place", async (_what, json, path) => {
		const { number } = await transferred();
		const answer = await say(number, json);
		expect([answer.statusCode, reasons(answer)]).toEqual([400, [path]]);
	});

	it("is written down by supervisors", async () => {
		const { number } = await transferred();
		expect((await say(number, { kind: "towed" }, world.anna)).statusCode).toBe(403);
		expect((await say(number, { kind: "towed" }, server.nobody)).statusCode).toBe(401);
		expect((await say("XS-2026-999999", { kind: "towed" })).statusCode).toBe(404);
	});
});

describe("the list of transfers", () => {
	const list = async (query = "") =>
		(await world.anna("GET", `/api/transfers${query}`)).json<{ transfers: TransferAnswer[]; more: boolean }>();

	it("is by state, newest first, in parts, with plates masked", async () => {
		const { number } = await transferred();
		server.clock.now += 1;
		await say(number, { kind: "handled" });
		expect((await list("?state=handled")).transfers.map((each) => each.number)).toContain(number);
		expect((await list("?state=sent")).transfers.map((each) => each.number)).not.toContain(number);
		const first = await list("?limit=1");
		expect(first).toMatchObject({ more: true, transfers: [{ number }] });
		expect((await list(`?before=${first.transfers[0]?.at}`)).transfers.map((each) => each.number)).not.toContain(
			number,
		);
		expect(JSON.stringify(await list())).not.toContain("蒙B12345");
		expect((await world.anna("GET", "/api/transfers?state=lost")).statusCode).toBe(400);
	});

	it("knows which are late", async () => {
		const { number } = await transferred();
		expect((await list("?state=late")).transfers).toEqual([]);
		const { now } = server.clock;
		server.clock.now = Date.parse("2026-12-03T16:00:00Z");
		expect((await list("?state=late")).transfers.map((each) => each.number)).toContain(number);
		server.clock.now = now;
	});
});

describe("receivers", () => {
	it("are kept by administrators, each name once, and seen by those who transfer", async () => {
		const json = { name: "试点大队", kind: "traffic_police" };
		const add = (by: Inject) => by("POST", "/api/receivers", { json });
		expect((await add(world.lead)).statusCode).toBe(403);
		expect((await add(server.nobody)).statusCode).toBe(401);
		const { id: receiverId } = (await add(world.boss)).json<{ id: string }>();
		expect((await add(world.boss)).statusCode).toBe(400);
		const path = `/api/receivers/${receiverId}`;
		const changed = { name: "试点大队二", kind: "fire_rescue", contact: "12345" };
		expect((await world.boss("PUT", path, { json: changed })).json()).toEqual({ ...changed, id: receiverId });
		expect((await world.lead("GET", "/api/receivers")).body).toContain("试点大队二");
		expect((await world.boss("DELETE", path)).statusCode).toBe(204);
		expect((await world.boss("DELETE", path)).statusCode).toBe(404);
		expect((await world.boss("PUT", path, { json: changed })).statusCode).toBe(404);
		expect((await world.lead("GET", "/api/receivers")).body).not.toContain("试点大队");
	});
});
