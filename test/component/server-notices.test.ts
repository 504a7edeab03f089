import { createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NoticeAnswer, NoticesAnswer } from "#contract/notices-api.ts";
import { fileChannel } from "../../src/server/notices/file-channel.ts";
import type { NoticeChannel } from "../../src/server/notices/notice-channel.ts";
import { sendDueNotices } from "../../src/server/notices/send-notices.ts";
import { type Webhook, webhookChannel } from "../../src/server/notices/webhook-channel.ts";
import { keptLog } from "../support/kept-log.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { textOfPdf } from "../support/pdf-text.ts";

const secret = "not-to-be-seen-anywhere";
const alertId = "occ-1";

interface Got {
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
}

let server: TestApp;
let anna: Inject;
let receiver: Server;
let got: Got[];
/** What the receiver does with each call. */
let answer: (response: ServerResponse) => void;
beforeEach(async () => {
	got = [];
	answer = (response) => response.writeHead(204).end();
	receiver = createServer((request, response) => {
		void readText(request).then((body) => {
			got.push({ headers: request.headers, body });
			answer(response);
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
	const channels = [
		{ name: "outbox", kind: "file", folder: "unused" },
		{ name: "sms", kind: "webhook", url: "https://sms.example/hook", secretFile: "unused" },
	];
	server = await buildTestApp({ name: "阳光花园", notices: { phone: "0472-1234567", channels } });
	anna = await server.person("anna", "duty_officer");
	server.edge("edge-1");
	const raisedAt = server.clock.now - 600_000;
	putAlert(server.parts.store, { id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", raisedAt });
});
afterEach(async () => {
	await server.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});

const portOf = () => (receiver.address() as AddressInfo).port;
const webhook = (more: Partial<Webhook> = {}): NoticeChannel =>
	webhookChannel(
		{
			...{
				name: "sms",
				url: `http://127.0.0.1:${portOf()}/hook`,
				secret,
				timeoutMs: 2_000,
				mostAttempts: 3,
				mostPerMinute: 60,
			},
			...{ allowPrivateAddress: true, ...more },
		},
		() => server.clock.now,
	);
const send = (json: object) => anna("POST", `/api/alerts/${alertId}/notices`, { json });
const shown = async () => (await anna("GET", `/api/alerts/${alertId}/notices`)).json<NoticesAnswer>();
const [states, whys] = [
	async () => (await shown()).notices.map(({ state }) => state),
	async () => (await shown()).notices.map(({ why }) => why),
];
const sendDue = (...channels: NoticeChannel[]) => sendDueNotices(server.parts, channels, new AbortController().signal);
/** Until nothing waits any more; how often it took. */
async function sendAll(channel: NoticeChannel): Promise<number> {
	for (let turn = 1; turn <= 20; turn++) {
		await sendDue(channel);
		if (!(await states()).includes("queued")) return turn;
		server.clock.now += 400_000;
	}
	throw new Error("notices wait for ever");
}

describe("a notice to a driver", () => {
	it("is shown before it goes, with the plate in part, and printed with the same words", async () => {
		const preview = (
			await anna("GET", `/api/alerts/${alertId}/notices?plate=${encodeURIComponent("蒙B12345")}`)
		).json<NoticesAnswer>();
		expect(preview).toMatchObject({
			phone: "0472-1234567",
			channels: [{ name: "outbox" }, { name: "sms" }],
			notices: [],
		});
		expect(preview.text).toContain("蒙B·12**5");
		expect(preview.parts).toEqual([preview.text]);
		const slip = await anna("GET", `/api/alerts/${alertId}/notice-slip?plate=${encodeURIComponent("蒙B12345")}`);
		expect(slip.headers["content-type"]).toBe("application/pdf");
		expect(textOfPdf(slip.rawPayload).join("")).toContain("蒙B·12**5");
	});

	it("is signed, so that its receiver knows from whom it is, and is told to have been sent", async () => {
		const made = (await send({ channel: "sms", plate: "蒙B12345", phone: "13812345678" })).json<NoticeAnswer>();
		expect(made).toMatchObject({ state: "queued", by: "anna", phone: "138****5678", attempts: 0 });
		await sendDue(webhook());
		const [call] = got;
		const timestamp = String(call?.headers["x-keepclear-timestamp"]);
		const signature = createHmac("sha256", secret).update(`${timestamp}.${call?.body}`).digest("hex");
		expect(call?.headers["x-keepclear-signature"]).toBe(`sha256=${signature}`);
		expect(call?.headers["x-keepclear-notice"]).toBe(made.id);
		expect(JSON.parse(call?.body ?? "")).toMatchObject({
			v: 1,
			id: made.id,
			alertId,
			phone: "13812345678",
			text: made.text,
		});
		expect((await shown()).notices).toMatchObject([{ state: "sent", attempts: 1, why: null, phone: "138****5678" }]);
		const row = server.parts.store.prepare("SELECT * FROM notices").get();
		expect(JSON.stringify(row)).not.toContain("13812345678"); // not kept once it is sent
	});

	it("is tried again later and later where the receiver is ill, with the same id, and then sent or given up", async () => {
		const answers = [503, 429, 200];
		answer = (response) => response.writeHead(answers.shift() ?? 500).end();
		await send({ channel: "sms" });
		await sendDue(webhook());
		expect((await shown()).notices).toMatchObject([{ state: "queued", attempts: 1, why: "answered with 503" }]);
		await sendDue(webhook()); // not yet due
		expect(got).toHaveLength(1);
		expect(await sendAll(webhook())).toBeLessThan(5);
		expect(await states()).toEqual(["sent"]);
		expect(new Set(got.map(({ headers }) => headers["x-keepclear-notice"])).size).toBe(1);

		await send({ channel: "sms" });
		await sendAll(webhook());
		expect((await shown()).notices[0]).toMatchObject({ state: "failed", attempts: 3, why: "answered with 500" });
	});

	it("is given up at once where it never will succeed: refused, sent on elsewhere, a channel that is gone", async () => {
		for (const status of [400, 404, 302]) {
			answer = (response) => response.writeHead(status, { location: `http://127.0.0.1:${portOf()}/else` }).end();
			await send({ channel: "sms" });
			await sendDue(webhook());
			expect((await shown()).notices[0]).toMatchObject({
				state: "failed",
				attempts: 1,
				why: `answered with ${status}`,
			});
		}
		expect(got).toHaveLength(3);
		await send({ channel: "sms" });
		await sendDue();
		expect((await whys())[0]).toMatch(/no such channel/);
	});

	it("waits no longer than it was told for a receiver that says nothing, or is not there", async () => {
		answer = () => {};
		await send({ channel: "sms" });
		await sendDue(webhook({ timeoutMs: 500 }));
		expect(await whys()).toEqual(["no answer within 500 ms"]);
		server.clock.now += 400_000;
		await sendDue(webhook({ url: "http://127.0.0.1:9/hook" }));
		expect(await whys()).toEqual(["cannot be reached (ECONNREFUSED)"]);
	});

	it("does not go to a private address that the configuration does not allow, by number or by name", async () => {
		for (const host of ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"]) {
			await send({ channel: "sms" });
			await sendDue(webhook({ url: `http://${host}:${portOf()}/hook`, allowPrivateAddress: false }));
			expect((await shown()).notices[0], host).toMatchObject({ state: "failed", attempts: 1 });
			expect((await whys())[0]).toMatch(/private one/);
		}
		expect(got).toEqual([]);
	});

	it("waits for the next minute where its channel was used enough, and that is no attempt", async () => {
		await send({ channel: "sms" });
		const second = "occ-2";
		const raisedAt = server.clock.now - 60_000;
		putAlert(server.parts.store, { id: second, edgeId: "edge-1", laneId: "lane-2", cameraId: "cam-1", raisedAt });
		await anna("POST", `/api/alerts/${second}/notices`, { json: { channel: "sms" } });
		const slow = webhook({ mostPerMinute: 1 });
		await sendDue(slow);
		await sendDue(slow);
		expect(got).toHaveLength(1);
		server.clock.now += 30_000;
		await sendDue(slow);
		expect(got).toHaveLength(1);
		server.clock.now += 31_000;
		await sendDue(slow);
		expect(got).toHaveLength(2);
		const told = (await anna("GET", `/api/alerts/${second}/notices`)).json<NoticesAnswer>().notices;
		expect(told).toMatchObject([{ state: "sent", attempts: 1 }]);
	});

	it("waits for no minute that is yet to come, once the server's clock was put back", async () => {
		const slow = webhook({ mostPerMinute: 1 });
		server.clock.now += 3_600_000;
		await send({ channel: "sms" });
		await sendDue(slow);
		server.clock.now -= 3_600_000;
		await send({ channel: "sms" });
		await sendDue(slow);
		expect(got).toHaveLength(2);
	});

	it("that was to go by a clock that was ahead goes at once", async () => {
		server.clock.now += 3_600_000;
		await send({ channel: "sms" });
		server.clock.now -= 3_600_000;
		await sendDue(webhook());
		expect(got).toHaveLength(1);
	});

	it("leaves no secret, no address and no telephone number in the log", async () => {
		const log = keptLog();
		answer = (response) => response.writeHead(500).end(secret);
		await send({ channel: "sms", phone: "13812345678" });
		const parts = { ...server.parts, log: log.log };
		await sendDueNotices(parts, [webhook()], new AbortController().signal);
		expect(log.text()).toContain("answered with 500");
		for (const hidden of [secret, "13812345678", "/hook"]) expect(log.text()).not.toContain(hidden);
	});

	it("goes into a folder as one file, which sending again leaves one", async () => {
		const folder = join(server.dataFolder, "notices");
		const channel = fileChannel({ name: "outbox", folder });
		const { id } = (await send({ channel: "outbox" })).json<NoticeAnswer>();
		await sendDue(channel);
		expect(await states()).toEqual(["sent"]);
		server.parts.store.prepare("UPDATE notices SET state = 'queued', next_at = 1, settled_at = NULL").run();
		await sendDue(channel); // as after a kill before its row was changed
		expect(await readdir(folder)).toEqual([`${id}.json`]);
		expect(JSON.parse(await readFile(join(folder, `${id}.json`), "utf8"))).toMatchObject({ id, alertId });
		await send({ channel: "outbox" });
		await sendDue(fileChannel({ name: "outbox", folder: join(folder, `${id}.json`, "no") }));
		expect((await shown()).notices[0]).toMatchObject({
			state: "queued",
			attempts: 1,
			why: expect.stringContaining("ENOTDIR") as string,
		});
	});

	it("is bounded: one at a time on a channel, ten an alert, none once the lane is free, and on known channels alone", async () => {
		expect((await send({ channel: "none" })).statusCode).toBe(400);
		expect((await send({ channel: "sms", phone: "call me" })).statusCode).toBe(400);
		expect((await send({ channel: "sms" })).statusCode).toBe(201);
		expect((await send({ channel: "sms" })).json()).toMatchObject({ error: "already_queued" });
		for (let i = 1; i < 10; i++) {
			await sendDue(webhook());
			expect((await send({ channel: "sms" })).statusCode).toBe(201);
		}
		await sendDue(webhook());
		expect((await send({ channel: "sms" })).json()).toMatchObject({ error: "too_many" });
		server.parts.store.prepare("UPDATE alerts SET cleared_at = 2, cleared_by = 'camera'").run();
		expect((await send({ channel: "sms" })).json()).toMatchObject({ error: "not_open" });
	});
});
