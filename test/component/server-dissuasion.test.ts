import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NoticesAnswer } from "#contract/notices-api.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { speakWhereDue } from "../../src/server/dissuasion/dissuasion-round.ts";
import type { NoticeChannel } from "../../src/server/notices/notice-channel.ts";
import { openChannels } from "../../src/server/notices/open-channels.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

const polygon = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.9, 0.9],
];
const noon = Date.parse("2026-11-26T12:00:00+08:00");

let speaker: Server;
let heard: string[];
let status: number;
let server: TestApp;
let boss: Inject;
let channels: readonly NoticeChannel[];
beforeEach(async () => {
	[heard, status] = [[], 200];
	speaker = createServer((request, response) => {
		void readText(request).then((body) => {
			heard.push((JSON.parse(body) as { say: string }).say);
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => speaker.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(speaker.address() as AddressInfo).port}/tts`;
	const channel = { name: "gate-speaker", kind: "speaker", url, fields: { say: "{text}" }, allowPrivateAddress: true };
	const speak = [{ channel: "gate-speaker", lanes: ["lane-1"], place: "inside" }];
	server = await buildTestApp({ name: "阳光花园", notices: { channels: [channel], speak } });
	channels = await openChannels(server.parts.config);
	server.edge("edge-1");
	server.parts.store.prepare("UPDATE edges SET state = 'online'").run();
	boss = await server.person("boss", "admin");
	const json = { name: "东门摄像机", edgeId: "edge-1", url: "rtsp://10.0.0.9/1" };
	const { id } = (await boss("POST", "/api/cameras", { json })).json<{ id: string }>();
	const zone = { id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon };
	await boss("PUT", `/api/cameras/${id}/zones`, { json: { zones: [zone] } });
	server.clock.now = noon;
});
afterEach(async () => {
	await server.close();
	speaker.closeAllConnections();
	await new Promise((resolve) => speaker.close(resolve));
});

const lane = (state: string, since: number) =>
	server.parts.store.prepare("UPDATE lanes SET state = ?, since = ? WHERE id = 'lane-1'").run(state, since);
const round = () => speakWhereDue(server.parts, channels, new AbortController().signal);

describe("a loudspeaker at a lane", () => {
	it("asks whoever stops there to leave, once, and the alert that comes of it shows it", async () => {
		lane("pending", noon - 59_000);
		await round();
		expect(heard).toEqual([]);
		server.clock.now = noon + 1_000;
		await round();
		await round();
		expect(heard).toEqual(["您好，东门消防车通道是消防车通道，请立即驶离。"]);
		const raised = { raisedAt: noon + 61_000, enteredAt: noon - 59_000 };
		putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1", ...raised });
		lane("occupied", noon + 61_000);
		server.clock.now = noon + 65_000;
		await round();
		expect(heard).toHaveLength(1);
		const told = (await boss("GET", "/api/alerts/occ-1/notices")).json<NoticesAnswer>();
		expect(told.announcements).toMatchObject([{ channel: "gate-speaker", state: "sent", at: noon + 1_000, why: null }]);
	});

	it("says what it could not, and does not say it later", async () => {
		status = 503;
		lane("pending", noon - 60_000);
		await round();
		status = 200;
		await round();
		expect(heard).toHaveLength(1);
		expect(server.parts.store.prepare("SELECT state, why FROM announcements").all()).toEqual([
			{ state: "failed", why: "answered with 503" },
		]);
	});

	it("is silent at night, and where the edge is away", async () => {
		server.clock.now = noon + 11 * 3_600_000;
		lane("pending", server.clock.now - 90_000);
		await round();
		server.clock.now = noon;
		lane("pending", noon - 90_000);
		server.parts.store.prepare("UPDATE edges SET state = 'offline'").run();
		await round();
		expect(heard).toEqual([]);
	});
});

it("a rule for a channel that is no loudspeaker is refused with its place", () => {
	const notices = { speak: [{ channel: "sms", lanes: ["lane-1"], place: "entrance" }] };
	expect(serverConfigSchema.safeParse({ notices }).error?.issues[0]).toMatchObject({
		path: ["notices", "speak", 0, "channel"],
		message: "there is no channel sms of kind speaker or camera_speaker",
	});
});
