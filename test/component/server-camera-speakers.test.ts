import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { type SaidBody, type SayJob, sayJob } from "#contract/edge-jobs.ts";
import type { NoticeAnswer, NoticesAnswer } from "#contract/notices-api.ts";
import type { SoundAnswer, SoundTryAnswer } from "#contract/sounds-api.ts";
import { CameraSpeakers } from "../../edge/speaker/camera-speakers.ts";
import { anywhere } from "../../edge/video/camera-networks.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { speakWhereDue } from "../../src/server/dissuasion/dissuasion-round.ts";
import { cameraSpeakerChannels } from "../../src/server/notices/camera-speaker-channel.ts";
import type { NoticeChannel } from "../../src/server/notices/notice-channel.ts";
import { openChannels } from "../../src/server/notices/open-channels.ts";
import { sendDueNotices } from "../../src/server/notices/send-notices.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { likeness, risingMuLaw, risingTone, soundOf } from "../support/sounds.ts";
import { testClip } from "../support/test-clips.ts";
import { silentLog, until } from "../support/watched-camera.ts";

const polygon = [
	[0.1, 0.1],
	[0.9, 0.1],
	[0.9, 0.9],
];
const words = "请立即驶离消防车通道";
const noon = Date.parse("2026-11-26T12:00:00+08:00");
const channel = { name: "gate", kind: "camera_speaker", camera: "camera-of-the-gate" };
const said: SaidBody = { problem: null, detail: null };
const never = new AbortController().signal;

let server: TestApp;
let boss: Inject;
let edge: Inject;
let cameraId: string;
let channels: readonly NoticeChannel[];
beforeEach(async () => {
	const speak = [{ channel: "gate", lanes: ["lane-1"], place: "inside" }];
	server = await buildTestApp({ notices: { channels: [channel], speak } });
	const { store } = server.parts;
	edge = server.edge("edge-1");
	store.prepare("UPDATE edges SET state = 'online'").run();
	boss = await server.person("boss", "admin");
	const json = { name: "东门", edgeId: "edge-1", url: "rtsp://viewer:s3cr3t@10.0.0.9/1", audioOut: true };
	cameraId = (await boss("POST", "/api/cameras", { json })).json<CameraAnswer>().id;
	const zone = { id: "lane-1", name: "东门消防车通道", kind: "fire_lane", polygon };
	await boss("PUT", `/api/cameras/${cameraId}/zones`, { json: { zones: [zone] } });
	// The channel of a configuration that names this camera.
	const config = { ...server.parts.config, notices: notices(cameraId) };
	channels = cameraSpeakerChannels(server.parts, config);
	server.told.length = 0;
	server.clock.now = noon;
});
afterEach(() => server.close());

const notices = (camera: string) =>
	serverConfigSchema.parse({ notices: { channels: [{ ...channel, camera }] } }).notices;
const upload = async (file: string, type = "audio/mpeg") =>
	boss("PUT", `/api/cameras/${cameraId}/sound?words=${encodeURIComponent(words)}`, {
		payload: await readFile(file),
		headers: { "content-type": type },
	});
const jobs = () => server.told.flatMap((one) => ("jobId" in one ? [one.jobId] : []));
/** What the edge fetches when it is told, and what it answers. */
async function answer(number: number, body: SaidBody): Promise<SayJob> {
	const id = await until("the edge is told", () => jobs()[number]);
	const job = (await edge("GET", `/api/edge/jobs/${id}`)).json<SayJob>();
	expect((await edge("PUT", `/api/edge/jobs/${id}/said`, { json: body })).statusCode).toBe(204);
	return job;
}
const announcements = () => server.parts.store.prepare("SELECT channel, text, state, why FROM announcements").all();
const lane = (since: number) =>
	server.parts.store.prepare("UPDATE lanes SET state = 'pending', since = ? WHERE id = 'lane-1'").run(since);

describe("a recording for a camera's loudspeaker", () => {
	it("is taken as whatever telephones and computers make, kept as G.711, and can be heard", async () => {
		for (const name of ["tone.wav", "tone.mp3", "tone.m4a", "tone.ogg", "tone.flac"]) {
			const stored = await upload(await risingTone(1.5, name));
			expect(stored.statusCode, `${name} ${stored.body}`).toBe(200);
			const { sound } = stored.json<SoundAnswer>();
			expect(sound).toMatchObject({ words, by: "boss", at: noon });
			expect(Math.abs((sound?.durationMs ?? 0) - 1500), name).toBeLessThan(150);
			const heard = await boss("GET", `/api/cameras/${cameraId}/sound/recording`);
			expect(heard.headers["content-type"]).toBe("audio/wav");
			expect(heard.rawPayload.toString("latin1", 0, 4)).toBe("RIFF");
			expect((heard.rawPayload.length - 44) / 16_000).toBeCloseTo((sound?.durationMs ?? 0) / 1000, 2);
		}
	});

	it("is refused where it is no sound, too long, silent or broken, and the one before stays", async () => {
		expect((await upload(await risingTone(1))).statusCode).toBe(200);
		const refused = async (file: string) => {
			const { statusCode, body } = await upload(file, "audio/x-whatever");
			return [statusCode, (JSON.parse(body) as { error: string }).error];
		};
		expect(await refused("package.json")).toEqual([415, "unsupported_media_type"]);
		expect(await refused(await risingTone(31, "long.mp3"))).toEqual([422, "too_long"]);
		const quiet = ["-af", "volume=0"];
		expect(await refused(await risingTone(1, "silent.wav", quiet))).toEqual([422, "silent"]);
		const broken = Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVE"), Buffer.alloc(500, 7)]);
		const headers = { "content-type": "audio/wav" };
		const answered = await boss("PUT", `/api/cameras/${cameraId}/sound?words=x`, { payload: broken, headers });
		expect([answered.statusCode, answered.json<{ error: string }>().error]).toEqual([422, "wrong_content"]);
		expect((await boss("GET", `/api/cameras/${cameraId}/sound`)).json<SoundAnswer>().sound?.words).toBe(words);
	});

	it("goes to nobody's loudspeaker without the right to set up cameras, and who did it stands in the ledger", async () => {
		const officer = await server.person("anna", "duty_officer");
		const path = `/api/cameras/${cameraId}/sound`;
		const headers = { "content-type": "audio/wav" };
		const payload = await readFile(await risingTone(1));
		expect((await officer("PUT", `${path}?words=x`, { payload, headers })).statusCode).toBe(403);
		expect((await officer("POST", `${path}/try`)).statusCode).toBe(403);
		expect((await boss("GET", path)).json<SoundAnswer>().sound).toBeNull();
		await upload(await risingTone(1));
		const asked = server.parts.store.prepare("SELECT detail FROM ledger WHERE what = 'change_asked'").pluck().all();
		expect(asked.filter((detail) => String(detail).includes("/api/cameras/:id/sound"))).toHaveLength(1);
	});

	it("goes with its camera, or when it is removed", async () => {
		await upload(await risingTone(1));
		expect((await boss("DELETE", `/api/cameras/${cameraId}/sound`)).statusCode).toBe(204);
		expect((await boss("DELETE", `/api/cameras/${cameraId}/sound`)).statusCode).toBe(404);
		await upload(await risingTone(1));
		await boss("DELETE", `/api/cameras/${cameraId}`);
		expect(server.parts.store.prepare("SELECT count(*) FROM camera_sounds").pluck().get()).toBe(0);
	});
});

describe("a camera's loudspeaker", () => {
	beforeEach(async () => {
		await upload(await risingTone(1));
	});

	it("speaks to a lane, once a stay, by the edge that has the camera; the alert shows what was said", async () => {
		lane(noon - 61_000);
		const round = speakWhereDue(server.parts, channels, never);
		const job = await answer(0, said);
		await round;
		expect(job).toMatchObject({ kind: "say", cameraId });
		expect(JSON.stringify(job)).not.toContain("s3cr3t");
		expect(likeness(await risingMuLaw(1), Buffer.from(job.soundBase64, "base64"), "PCMU")).toBeGreaterThan(0.95);
		await speakWhereDue(server.parts, channels, never);
		expect(jobs()).toHaveLength(1);
		expect(announcements()).toEqual([{ channel: "gate", text: words, state: "sent", why: null }]);
	});

	it("is heard at the camera as it was recorded", async () => {
		const stream = {
			path: "/gate",
			clip: await testClip(),
			user: "viewer",
			password: "s3cr3t",
			audioOut: "PCMA",
		} as const;
		const camera = await startRtspCamera({ streams: [stream] });
		try {
			lane(noon - 61_000);
			const round = speakWhereDue(server.parts, channels, never);
			const id = await until("the edge is told", () => jobs()[0]);
			const job = sayJob.parse((await edge("GET", `/api/edge/jobs/${id}`)).json());
			const urlOf = () => camera.url("/gate");
			const speakers = new CameraSpeakers({ urlOf, networks: anywhere, log: silentLog });
			await edge("PUT", `/api/edge/jobs/${id}/said`, { json: await speakers.say(job, never) });
			await round;
			expect(announcements()).toMatchObject([{ state: "sent" }]);
			expect(likeness(await risingMuLaw(1), soundOf(camera.heard("/gate")), "PCMA")).toBeGreaterThan(0.95);
		} finally {
			await camera.close();
		}
	});

	it("is silent at night, and before its own dwell", async () => {
		lane(noon - 59_000);
		await speakWhereDue(server.parts, channels, never);
		server.clock.now = noon + 11 * 3_600_000;
		lane(server.clock.now - 90_000);
		await speakWhereDue(server.parts, channels, never);
		expect([jobs(), announcements()]).toEqual([[], []]);
	});

	it("that the camera has not: the record says so plainly, and the camera's page too", async () => {
		lane(noon - 61_000);
		const round = speakWhereDue(server.parts, channels, never);
		await answer(0, { problem: "no_audio_out", detail: "the camera offers no audio out (ONVIF back channel, G.711)" });
		await round;
		expect(announcements()).toMatchObject([
			{ state: "failed", why: "the camera offers no audio out (ONVIF back channel, G.711)" },
		]);
		expect((await boss("GET", `/api/cameras/${cameraId}`)).json<CameraAnswer>().audioOut).toBe(false);
	});

	it("that was cut off is asked again with the same notice, until it was said or enough is tried", async () => {
		const facts = { raisedAt: noon, enteredAt: noon - 60_000 };
		putAlert(server.parts.store, { id: "occ-1", edgeId: "edge-1", laneId: "lane-1", cameraId, ...facts });
		// As the configuration's channel would: it names the camera by its id.
		const parts = { ...server.parts, config: { ...server.parts.config, notices: notices(cameraId) } };
		server.parts.store
			.prepare(
				`INSERT INTO notices (id, alert_id, channel, text, at, state, attempts, next_at)
				VALUES ('notice-1', 'occ-1', 'gate', ?, ?, 'queued', 0, ?)`,
			)
			.run(words, noon, noon);
		const cut: SaidBody = { problem: "cut", detail: "the camera closed the connection in the middle of it" };
		const first = sendDueNotices(parts, channels, never);
		const one = await answer(0, cut);
		await first;
		const state = async () => (await boss("GET", "/api/alerts/occ-1/notices")).json<NoticesAnswer>().notices[0];
		expect(await state()).toMatchObject({
			state: "queued",
			attempts: 1,
			why: cut.detail,
		} satisfies Partial<NoticeAnswer>);
		server.clock.now += 60_000;
		const again = sendDueNotices(parts, channels, never);
		const two = await answer(1, said);
		await again;
		expect([one.saying, two.saying]).toEqual(["notice-1", "notice-1"]);
		expect(one.id).not.toBe(two.id);
		expect(await state()).toMatchObject({ state: "sent", attempts: 2 });
	});

	it("says what keeps it from speaking before anybody is asked", async () => {
		const [gate] = channels;
		const send = () => gate!.send({ id: "n", alertId: "a", text: "", parts: [], phone: null, at: noon }, never);
		server.parts.store.prepare("UPDATE edges SET state = 'offline'").run();
		expect(await send()).toEqual({ sent: false, retry: true, why: "the camera's edge is away" });
		await boss("DELETE", `/api/cameras/${cameraId}/sound`);
		expect(await send()).toEqual({ sent: false, retry: false, why: "nothing is recorded for this camera" });
		await boss("DELETE", `/api/cameras/${cameraId}`);
		expect(await send()).toEqual({ sent: false, retry: false, why: "there is no such camera" });
		expect(jobs()).toEqual([]);
	});

	it("can be tried on the page, one try at a time, and tells no password", async () => {
		const path = `/api/cameras/${cameraId}/sound/try`;
		const { id, state } = (await boss("POST", path)).json<SoundTryAnswer>();
		expect(state).toBe("waiting");
		expect((await boss("POST", path)).statusCode).toBe(409);
		await answer(0, { problem: "refused", detail: "rtsp://viewer:s3cr3t@10.0.0.9/1 refuses s3cr3t" });
		const tried = await until("the answer is there", async () => {
			const read = (await boss("GET", path)).json<SoundTryAnswer>();
			return read.state !== "waiting" && read;
		});
		expect(tried).toMatchObject({ id, state: "failed", problem: "refused" });
		expect(tried.detail).not.toContain("s3cr3t");
		const stranger = server.edge("edge-2");
		void boss("POST", path);
		const job = await until("the edge is told again", () => jobs()[1]);
		expect((await stranger("GET", `/api/edge/jobs/${job}`)).statusCode).toBe(404);
		expect((await stranger("PUT", `/api/edge/jobs/${job}/said`, { json: said })).statusCode).toBe(404);
	});
});

describe("a configuration", () => {
	const parse = (more: object) => serverConfigSchema.safeParse({ notices: { channels: [channel], ...more } });

	it("gives a camera's loudspeaker no words of its own", () => {
		const rule = { channel: "gate", lanes: ["lane-1"], place: "entrance" };
		expect(parse({ speak: [rule] }).success).toBe(true);
		expect(parse({ speak: [{ ...rule, text: "x" }] }).error?.issues[0]).toMatchObject({
			path: ["notices", "speak", 0, "text"],
			message: "a camera's loudspeaker says what was recorded for it: leave it out",
		});
	});

	it("tells nobody of an escalation by it", async () => {
		const tell = [{ channel: "gate", levels: ["manager"] }];
		const config = serverConfigSchema.parse({ notices: { channels: [channel] }, handling: { tell } });
		await expect(openChannels(config)).rejects.toThrow(/gate says what was recorded for drivers alone/);
	});
});
