import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { escalateDue } from "../../src/server/handling/handling-round.ts";
import { rememberTargets } from "../../src/server/handling/targets-store.ts";
import { pushChannel, pushOf } from "../../src/server/notices/push-channel.ts";
import { sendDueNotices } from "../../src/server/notices/send-notices.ts";
import { loadOrMakePushKey } from "../../src/server/push/push-key.ts";
import { type PushReceiver, startPushReceiver } from "../support/push-receiver.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

const minute = 60_000;
let server: TestApp;
let receiver: PushReceiver;
let boss: Inject;
let guard: Inject;

beforeEach(async () => {
	receiver = await startPushReceiver();
	server = await buildTestApp({ push: { allowPrivateAddress: true, contact: "duty@example.com" } });
	server.clock.now = Date.parse("2026-11-26T15:00:00+08:00");
	boss = await server.person("boss", "admin");
	server.edge("edge-1", "estate");
	server.edge("edge-2", "harbour");
	guard = await server.person("王师傅", "guard", { scopes: [{ kind: "site", id: "estate" }] });
	const camera = { name: "东门", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	const { id: cameraId } = (await boss("POST", "/api/cameras", { json: camera })).json<{ id: string }>();
	const polygon = [
		[0.1, 0.1],
		[0.9, 0.1],
		[0.9, 0.9],
	];
	const zones = [{ id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon }];
	await boss("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones } });
	const raisedAt = server.clock.now - minute;
	putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId, raisedAt });
});
afterEach(async () => {
	await server.close();
	await receiver.close();
});

const subscribe = (by: Inject, language = "zh-CN", more: object = {}) =>
	by("PUT", "/api/push/subscription", { json: { ...receiver.subscription, language, ...more } });
async function dispatchToGuard(): Promise<void> {
	const { people } = (await boss("GET", "/api/handling/people")).json<{ people: { id: string; name: string }[] }>();
	const to = { userId: people.find(({ name }) => name === "王师傅")?.id };
	const json = { kind: "dispatched", to, note: "蒙B12345 白色面包车" };
	const answer = await boss("POST", "/api/alerts/occ-1/handling", { json });
	expect(answer.statusCode, answer.body).toBeLessThan(300);
}
async function send(): Promise<void> {
	const { config, store, dataFolder } = { ...server.parts, dataFolder: server.dataFolder };
	const channel = pushChannel(store, await loadOrMakePushKey(dataFolder), pushOf(config));
	await sendDueNotices(server.parts, [channel], new AbortController().signal);
}
const notices = () =>
	server.parts.store
		.prepare("SELECT channel, phone_shown AS whom, state, attempts, why FROM notices ORDER BY rowid")
		.all();
const subscriptions = () => server.parts.store.prepare("SELECT count(*) FROM push_subscriptions").pluck().get();

it("what is given to a guard is told on the guard's phone, signed with the server's own key, without a plate", async () => {
	expect((await subscribe(guard)).statusCode).toBe(204);
	await dispatchToGuard();
	await send();
	const [pushed] = receiver.got;
	expect(receiver.got).toHaveLength(1);
	expect(JSON.parse(pushed?.text ?? "")).toEqual({
		title: "派给您：请到现场",
		body: expect.stringMatching(/^estate 东门消防车通道，已占用 \d+ 分钟$/) as string,
		path: "/guard#occ-1",
		tag: "occ-1",
	});
	expect(pushed?.text).not.toContain("12345");
	const { publicKey } = (await guard("GET", "/api/push")).json<{ publicKey: string }>();
	expect(pushed).toMatchObject({
		publicKey,
		claims: { aud: receiver.origin, sub: "mailto:duty@example.com" },
		headers: { urgency: "high", ttl: "900" },
	});
	expect(notices()).toEqual([{ channel: "web-push", whom: "王师傅", state: "sent", attempts: 1, why: null }]);
	const { mode } = await stat(join(server.dataFolder, "web-push-key.json"));
	expect((mode & 0o777).toString(8)).toBe("600");
});

it("is in the language of the phone's person, and goes to those who answer for the site alone", async () => {
	const manager = await server.person("lead", "property_manager", { scopes: [{ kind: "site", id: "estate" }] });
	const stranger = await server.person("stranger", "property_manager", { scopes: [{ kind: "site", id: "harbour" }] });
	await subscribe(manager, "en");
	const other = `${receiver.subscription.endpoint}-other`;
	await subscribe(stranger, "en", { endpoint: other });
	server.clock.now += 14 * minute + 5000;
	escalateDue(server.parts);
	await send();
	expect(receiver.got.map(({ text }) => (JSON.parse(text) as { title: string; path: string }).title)).toEqual(
		expect.arrayContaining(["Nobody has acknowledged", "An obstruction is escalated to you"]),
	);
	expect(receiver.got).toHaveLength(2);
	expect(JSON.parse(receiver.got[0]?.text ?? "")).toMatchObject({ path: "/alerts/occ-1" });
});

it("escalations are held in quiet hours, and the record says so; what is given to a guard is not", async () => {
	const manager = await server.person("lead", "property_manager");
	await subscribe(manager);
	await subscribe(guard, "zh-CN", { endpoint: `${receiver.subscription.endpoint}-guard` });
	const quiet = { from: "00:00", to: "23:59" };
	rememberTargets(server.parts.store, { ...server.parts.config.handling.targets, quiet });
	server.clock.now += 20 * minute;
	escalateDue(server.parts);
	await dispatchToGuard();
	await send();
	expect(receiver.got.map(({ text }) => (JSON.parse(text) as { title: string }).title)).toEqual(["派给您：请到现场"]);
	const held = server.parts.store
		.prepare("SELECT detail FROM handling_entries WHERE kind = 'escalated' AND level = 'property_manager'")
		.pluck()
		.get() as string;
	expect(JSON.parse(held)).toMatchObject({ told: [], held: ["web-push"] });
});

it("is tried again where the push service is busy, and forgotten where it knows the phone no more", async () => {
	await subscribe(guard);
	await dispatchToGuard();
	receiver.answer = 503;
	await send();
	expect(notices()).toMatchObject([{ state: "queued", attempts: 1, why: "answered with 503" }]);
	server.clock.now += minute;
	receiver.answer = 410;
	await send();
	expect(notices()).toMatchObject([{ state: "failed", why: "the phone's push service knows it no more" }]);
	expect(subscriptions()).toBe(0);
});

it("ends with the session, also for what waits already", async () => {
	await subscribe(guard);
	await dispatchToGuard();
	expect((await guard("DELETE", "/api/session")).statusCode).toBe(204);
	expect(subscriptions()).toBe(0);
	await send();
	expect(receiver.got).toEqual([]);
	expect(notices()).toMatchObject([{ state: "failed", why: "the phone is signed out" }]);
});

it("ends where its person says so, and nobody else can end it", async () => {
	await subscribe(guard);
	const { endpoint } = receiver.subscription;
	await boss("DELETE", "/api/push/subscription", { json: { endpoint } });
	expect(subscriptions()).toBe(1);
	await guard("DELETE", "/api/push/subscription", { json: { endpoint } });
	expect(subscriptions()).toBe(0);
});

it.each([
	["http://push.example.com/1", "must begin with https://"],
	["https://127.0.0.1/1", "on the internet"],
	["https://[::1]/1", "on the internet"],
	["https://169.254.169.254/latest", "on the internet"],
	["https://a:b@push.example.com/1", "no user or password"],
	["ftp://push.example.com/1", "push service"],
])("an address that a browser should not name is refused: %s", async (endpoint, words) => {
	const strict = await buildTestApp();
	try {
		const person = await strict.person("guo", "guard");
		const json = { ...receiver.subscription, endpoint, language: "en" };
		const answer = await person("PUT", "/api/push/subscription", { json });
		expect(answer.statusCode).toBe(400);
		expect(answer.body).toContain(words);
		expect((await strict.nobody("PUT", "/api/push/subscription", { json })).statusCode).toBe(401);
	} finally {
		await strict.close();
	}
});

it("a name that stands for this machine is not called, whatever it stood for before", async () => {
	await subscribe(guard, "zh-CN", { endpoint: receiver.subscription.endpoint.replace("127.0.0.1", "localhost") });
	await dispatchToGuard();
	const { config, store } = server.parts;
	const strict = { ...pushOf(config), allowPrivateAddress: false };
	store.prepare("UPDATE push_subscriptions SET endpoint = replace(endpoint, 'http:', 'https:')").run();
	const channel = pushChannel(store, await loadOrMakePushKey(server.dataFolder), strict);
	await sendDueNotices(server.parts, [channel], new AbortController().signal);
	expect(receiver.got).toEqual([]);
	expect(notices()).toMatchObject([{ state: "failed", why: expect.stringContaining("private") as string }]);
});

it("a phone's key that is no key ends its subscription", async () => {
	const p256dh = Buffer.alloc(65, 7).toString("base64url");
	await subscribe(guard, "zh-CN", { keys: { ...receiver.subscription.keys, p256dh } });
	await dispatchToGuard();
	await send();
	expect(notices()).toMatchObject([{ state: "failed", why: "the phone's key is no key" }]);
	expect(subscriptions()).toBe(0);
});
