import { type AddressInfo, createServer } from "node:net";
import { describe, test, type TestContext } from "vitest";
import { wait } from "#platform/wait.ts";
import { type SimulatedCamera, type SimulatedStream, startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { type TestClip, testClip } from "../support/test-clips.ts";
import { until, watchCamera } from "../support/watched-camera.ts";

// Tests wait for cameras far more than they compute, so they run side by side, each with a camera of its own.
type Finish = TestContext["onTestFinished"];

function stage(onTestFinished: Finish) {
	return {
		camera: (clip?: TestClip, more?: Partial<SimulatedStream>) => startCamera(onTestFinished, clip, more),
		watch: (options: Parameters<typeof watchCamera>[0]) => {
			const watched = watchCamera(options);
			onTestFinished(async () => void (await watched.stop()));
			return watched;
		},
	};
}

async function startCamera(
	finish: Finish,
	clip: TestClip = {},
	more: Partial<SimulatedStream> = {},
): Promise<SimulatedCamera> {
	const simulated = await startRtspCamera({ streams: [{ path: "/yard", clip: await testClip(clip), ...more }] });
	finish(() => simulated.close());
	return simulated;
}

const secret = "p@ss:w/rd%äö 1";

describe.concurrent("frames of a camera", () => {
	test.for([
		["tcp", "digest", "h264"],
		["tcp", "basic", "h265"],
		["udp", "digest", "h265"],
		["udp", "basic", "h264"],
	] as const)("over %s, %s, %s", async ([transport, auth, codec], { expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ codec }, { user: "ad min", password: secret, auth });
		const before = Date.now();
		const { frames, videos } = watch({ url: simulated.url("/yard"), transport });
		await until("three frames", () => frames.length >= 3, { lastSeen: () => frames.length });
		expect(videos).toEqual([{ codec, width: 320, height: 180 }]);
		for (const frame of frames) {
			expect([frame.width, frame.height, frame.rgb.length]).toEqual([320, 180, 320 * 180 * 3]);
			expect(frame.capturedAt).toBeGreaterThan(before);
		}
		expect(new Set(frames[0]?.rgb).size).toBeGreaterThan(10); // a picture, not one colour
	});

	test("come at most once in the sample time, past the end of the loop", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ seconds: 2, rate: 25 });
		const { frames } = watch({ url: simulated.url("/yard"), sampleEveryMs: 500 });
		await until("ten frames", () => frames.length >= 10, { lastSeen: () => frames.length });
		const spanMs = (frames.at(-1)?.capturedAt ?? 0) - (frames[1]?.capturedAt ?? 0);
		expect(spanMs / (frames.length - 2)).toBeGreaterThan(400);
		expect(spanMs / (frames.length - 2)).toBeLessThan(700);
	});

	test("are made small by ffmpeg, with square pixels", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ size: "352x288", pixelShape: "16/11" });
		const { frames } = watch({ url: simulated.url("/yard"), maxSide: 256 });
		const frame = await until("a frame", () => frames[0]);
		expect([frame.width, frame.height]).toEqual([256, 144]);
	});

	test("of key frames only, with B pictures, come once a group and without delay", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ rate: 10, group: 10, bFrames: 2, seconds: 4 });
		const { frames } = watch({ url: simulated.url("/yard"), decode: "keyframes", sampleEveryMs: 100 });
		await until("four frames", () => frames.length >= 4, { lastSeen: () => frames.length });
		const gaps = frames.slice(2).map((frame, index) => frame.capturedAt - (frames[index + 1]?.capturedAt ?? 0));
		for (const gap of gaps) expect(gap).toBeGreaterThan(700);
	});

	test("of a camera with one picture a second are never repeated", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ rate: 1, group: 1, seconds: 8 });
		const { frames } = watch({ url: simulated.url("/yard"), sampleEveryMs: 200 });
		await until("five frames", () => frames.length >= 5, { lastSeen: () => frames.length });
		expect(new Set(frames.map(({ rgb }) => Buffer.from(rgb).toString("latin1"))).size).toBe(frames.length);
		// A camera that began late on a busy machine sends its first ones together.
		const gaps = frames.slice(1).map(({ capturedAt }, index) => capturedAt - (frames[index]?.capturedAt ?? 0));
		expect(Math.max(...gaps)).toBeGreaterThan(700);
	});
});

describe.concurrent("what goes wrong", () => {
	test("a password that is wrong, or missing, is told at once and is not in the message", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({}, { user: "admin", password: "right" });
		const url = simulated.url("/yard");
		for (const wrong of [url.replace("right", "tellnobody"), url.replace("admin:right@", "")]) {
			const failure = await watch({ url: wrong }).failure();
			expect(failure.problem).toBe("wrong_password");
			expect(`${failure.message} ${String(failure.cause)}`).not.toMatch(/tellnobody|admin/);
		}
	});

	test("a path that is not there, a port where nothing is, something that is no RTSP", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		expect((await watch({ url: `${simulated.url("/yard")}x` }).failure()).problem).toBe("not_found");
		await simulated.close();
		expect((await watch({ url: simulated.url("/yard") }).failure()).problem).toBe("refused");
		const web = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(0, "127.0.0.1");
		onTestFinished(() => void web.close());
		const { port } = await until("the web server", () => web.address() as AddressInfo | null);
		expect((await watch({ url: `rtsp://127.0.0.1:${port}/` }).failure()).problem).toBe("no_video");
		expect((await watch({ url: "rtsp://no-such-host.invalid/" }).failure()).problem).toBe("no_route");
	});

	test("silence is noticed by the watchdog, with the connection still open; a new run has frames again", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const first = watch({ url: simulated.url("/yard"), silentAfterMs: 2_000 });
		await until("a frame", () => first.frames[0]);
		simulated.stall("/yard");
		const stalledAt = Date.now();
		expect((await first.failure()).problem).toBe("silent");
		expect(Date.now() - stalledAt).toBeLessThan(5_000);
		simulated.resume("/yard");
		const second = watch({ url: simulated.url("/yard"), silentAfterMs: 2_000 });
		await until("a frame again", () => second.frames[0]);
	});

	test("silence over UDP is noticed as well", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const watched = watch({ url: simulated.url("/yard"), transport: "udp", silentAfterMs: 2_000 });
		await until("a frame", () => watched.frames[0]);
		simulated.stall("/yard");
		expect((await watched.failure()).problem).toBe("silent");
	});

	test("a dropped connection, and a camera that is switched off and on again at the same port", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const first = watch({ url: simulated.url("/yard") });
		await until("a frame", () => first.frames[0]);
		simulated.dropClients("/yard");
		expect((await first.failure()).problem).toBe("silent");
		await simulated.close();
		const again = await startRtspCamera({
			port: simulated.port,
			streams: [{ path: "/yard", clip: await testClip() }],
		});
		onTestFinished(() => again.close());
		const second = watch({ url: simulated.url("/yard") });
		await until("a frame again", () => second.frames[0]);
	});

	test("noise in place of pictures: data come, no picture does", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		simulated.corrupt("/yard", true);
		const watched = watch({ url: simulated.url("/yard"), noPictureAfterMs: 3_000 });
		expect((await watched.failure()).problem).toBe("corrupt_stream");
	});

	test("noise in the middle of the pictures: what by chance becomes a picture is no look", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera({ rate: 10, group: 10, seconds: 4 });
		const { frames, videos } = watch({ url: simulated.url("/yard"), sampleEveryMs: 100 });
		await until("ten frames", () => frames.length >= 10, { lastSeen: () => frames.length });
		simulated.corrupt("/yard", true);
		await wait(3_000); // what is on its way, and what comes before the noise is known as such
		const before = frames.length;
		await wait(9_000);
		expect(frames.length - before).toBe(0);
		expect(videos).toHaveLength(1); // and none of another size is a reason to connect anew
		simulated.corrupt("/yard", false);
		await until("pictures again", () => frames.length >= before + 5, { lastSeen: () => frames.length - before });
	});

	test("bytes that are no RTSP in the middle of the connection", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const watched = watch({ url: simulated.url("/yard") });
		await until("a frame", () => watched.frames[0]);
		simulated.garble("/yard");
		expect(["corrupt_stream", "silent"]).toContain((await watched.failure()).problem);
	});

	test("another size, and another shape of pixels, in mid-stream: frames go on in the new shape", async ({
		expect,
		onTestFinished,
	}) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const watched = watch({ url: simulated.url("/yard") });
		await until("a frame", () => watched.frames[0]);
		await simulated.changeClip("/yard", await testClip({ size: "240x240" }));
		await until("a square frame", () => watched.frames.at(-1)?.height === 240, { lastSeen: () => watched.videos });
		expect(watched.frames.at(-1)?.width).toBe(240);
		expect(watched.videos).toEqual([
			{ codec: "h264", width: 320, height: 180 },
			{ codec: "h264", width: 240, height: 240 },
		]);
	});

	test("another codec: the camera drops us, a new run plays it", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const first = watch({ url: simulated.url("/yard") });
		await until("a frame", () => first.frames[0]);
		await simulated.changeClip("/yard", await testClip({ codec: "h265" }));
		await first.failure();
		const second = watch({ url: simulated.url("/yard") });
		await until("a frame again", () => second.frames[0]);
		expect(second.videos[0]?.codec).toBe("h265");
	});

	test("stopping says goodbye to the camera and leaves nothing behind", async ({ expect, onTestFinished }) => {
		const { camera, watch } = stage(onTestFinished);
		const simulated = await camera();
		const watched = watch({ url: simulated.url("/yard") });
		await until("a frame", () => watched.frames[0]);
		expect(await watched.stop()).toBe("stopped");
		await until("no viewer", () => simulated.clients("/yard") === 0);
	});
});
