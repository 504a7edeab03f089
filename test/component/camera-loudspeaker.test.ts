import { afterEach, describe, expect, it } from "vitest";
import type { SayJob } from "#contract/edge-jobs.ts";
import type { G711Codec } from "#core/sound/g711.ts";
import { CameraSpeakers } from "../../edge/speaker/camera-speakers.ts";
import { probeAudioOut } from "../../edge/speaker/probe-audio-out.ts";
import { anywhere } from "../../edge/video/camera-networks.ts";
import { type SimulatedCamera, startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { likeness, risingMuLaw, soundOf } from "../support/sounds.ts";
import { testClip } from "../support/test-clips.ts";
import { silentLog, until } from "../support/watched-camera.ts";

const path = "/gate";
const account = { user: "admin", password: "geheim:/ 1" };
const never = new AbortController().signal;

let camera: SimulatedCamera;
afterEach(() => camera.close());

const start = async (audioOut?: G711Codec, auth: "digest" | "basic" = "digest") => {
	const stream = { path, clip: await testClip(), auth, ...account };
	camera = await startRtspCamera({ streams: [audioOut ? { ...stream, audioOut } : stream] });
};
const speakersOf = (url = camera.url(path)) =>
	new CameraSpeakers({
		urlOf: (id) => (id === "camera-1" ? url : null),
		networks: anywhere,
		log: silentLog,
	});
const job = (muLaw: Uint8Array, saying = "saying-1", cameraId = "camera-1"): SayJob => ({
	...{ id: `job-of-${saying}`, kind: "say", cameraId, saying },
	soundBase64: Buffer.from(muLaw).toString("base64"),
});
const said = { problem: null, detail: null };

describe("a camera's loudspeaker", () => {
	it.each([
		["PCMU", "digest"],
		["PCMA", "basic"],
	] as const)("is sent what is to be said in %s, as fast as it sounds (%s)", async (codec, auth) => {
		await start(codec, auth);
		const sound = await risingMuLaw(1.5);
		expect(await speakersOf().say(job(sound), never)).toEqual(said);

		const heard = camera.heard(path);
		expect(soundOf(heard).length).toBe(sound.length + 4_000); // and half a second of silence
		if (codec === "PCMU") expect(soundOf(heard).subarray(0, sound.length).equals(sound)).toBe(true);
		expect(likeness(sound, soundOf(heard), codec)).toBeGreaterThan(0.999);

		const [first] = heard;
		const head = (at: number) => heard[at]!.packet;
		for (const [number, { atMs, packet }] of heard.entries()) {
			expect(packet.length).toBe(12 + 160);
			expect(packet[1]! & 0x7f).toBe(codec === "PCMU" ? 0 : 8);
			expect(packet.readUInt16BE(2)).toBe((head(0).readUInt16BE(2) + number) & 0xffff);
			expect(packet.readUInt32BE(4)).toBe((head(0).readUInt32BE(4) + 160 * number) >>> 0);
			expect(packet.subarray(8, 12)).toEqual(head(0).subarray(8, 12));
			expect(atMs - first!.atMs).toBeGreaterThan(20 * number - 200); // a loaded machine may be late, and catch up
		}
		expect(camera.clients(path)).toBe(0);
	});

	it("that the camera has not is told plainly, and so is a wrong password", async () => {
		await start();
		const sound = await risingMuLaw(0.1);
		expect(await speakersOf().say(job(sound), never)).toMatchObject({ problem: "no_audio_out" });
		await camera.close();
		await start("PCMU");
		const wrong = await speakersOf(camera.url(path).replace(/:[^:@]*@/, ":wrong@")).say(job(sound), never);
		expect(wrong).toEqual({
			...{ problem: "wrong_password", detail: "the camera does not accept this user and password" },
		});
		expect(camera.heard(path)).toEqual([]);
		expect(await speakersOf().say(job(sound, "saying-2", "camera-9"), never)).toMatchObject({ problem: "no_camera" });
	});

	it("that was cut off says it again from the beginning, and once it is said it is not said again", async () => {
		await start("PCMU");
		const sound = await risingMuLaw(0.6);
		const speakers = speakersOf();
		camera.cutSpeech(path, 10);
		expect(await speakers.say(job(sound), never)).toMatchObject({ problem: "cut" });
		expect(camera.heard(path)).toHaveLength(10);
		const asked = [speakers.say(job(sound), never), speakers.say(job(sound), never)]; // no answer came, so it asks anew
		expect(await Promise.all(asked)).toEqual([said, said]);
		const whole = soundOf(camera.heard(path).slice(10));
		expect(whole.subarray(0, sound.length).equals(sound)).toBe(true);
		const { length } = camera.heard(path);
		expect(await speakers.say(job(sound), never)).toEqual(said);
		expect(camera.heard(path)).toHaveLength(length);
	});

	it("says one thing at a time, whoever asks, and falls silent when the edge ends", async () => {
		await start("PCMU");
		const sound = await risingMuLaw(20);
		const speakers = speakersOf();
		const ending = new AbortController();
		const saying = speakers.say(job(sound), ending.signal);
		expect(await speakers.say(job(sound, "saying-2"), never)).toMatchObject({ problem: "busy" });
		await until("it speaks", () => camera.heard(path).length > 0);
		expect(await speakersOf().say(job(sound, "saying-3"), never)).toMatchObject({ problem: "busy" }); // another edge
		ending.abort();
		await expect(saying).rejects.toThrow();
		expect(camera.heard(path).length).toBeLessThan(1_000);
	});
});

it("a probe tells whether there is a loudspeaker", async () => {
	await start("PCMA");
	const ask = (url: string) => probeAudioOut({ url, networks: anywhere, signal: never });
	expect(await ask(camera.url(path))).toBe(true);
	expect(await ask(camera.url(path).replace(/:[^:@]*@/, ":wrong@"))).toBeNull();
	await camera.close();
	await start();
	expect(await ask(camera.url(path))).toBe(false);
});
