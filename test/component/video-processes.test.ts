import { execFile, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { anywhere } from "../../edge/video/camera-networks.ts";
import { FfmpegProcess } from "#platform/ffmpeg-process.ts";
import { probeCamera } from "../../edge/video/probe-camera.ts";
import { SegmentRing } from "../../edge/video/segment-ring.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { testClip } from "../support/test-clips.ts";
import { silentLog, until } from "../support/watched-camera.ts";

const folder = mkdtempSync(join(tmpdir(), "keepclear-processes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every process of which `pid` is the parent, and theirs. */
function descendants(pid: number): number[] {
	const parents = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map((name) => [Number(name), parentOf(name)] as const);
	const below = (of: number): number[] => parents.flatMap(([id, parent]) => (parent === of ? [id, ...below(id)] : []));
	return below(pid);
}

function parentOf(pid: string): number {
	try {
		return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
	} catch {
		return 0; // gone meanwhile
	}
}

const read = (path: string) => {
	try {
		return readFileSync(path, "latin1");
	} catch {
		return "";
	}
};
const isRunning = (pid: number) => /^State:\s*[^ZX]/m.test(read(`/proc/${pid}/status`));

async function startWorker(url: string): Promise<ChildProcess> {
	const script = fileURLToPath(new URL("../support/camera-process.ts", import.meta.url));
	const worker = spawnTied(process.execPath, [...typescriptLoader, script], { stdio: ["pipe", "pipe", "inherit"] });
	worker.stdin?.end(`${url}\n${join(folder, "ring")}`);
	let output = "";
	worker.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
	await until("a frame", () => output.includes("frame"));
	return worker;
}

test("a worker shows no password, and leaves no ffmpeg and a readable ring when it is killed by SIGKILL", async () => {
	const secret = "tell-nobody-4711";
	const simulated = await startRtspCamera({
		streams: [{ path: `/yard?pass=${secret}`, clip: await testClip(), user: "admin", password: secret }],
	});
	const worker = await startWorker(simulated.url(`/yard?pass=${secret}`));
	const pids = descendants(worker.pid ?? 0);
	const commands = pids.map((pid) => read(`/proc/${pid}/cmdline`));
	expect(commands.join("\n")).toContain("rtsp://127.0.0.1:");
	expect(commands.join("\n")).not.toContain(secret);
	expect(pids.map((pid) => read(`/proc/${pid}/environ`)).join("\n")).not.toContain(secret);
	const ps = await promisify(execFile)("ps", ["-eo", "args"]).catch(() => null); // procps is not everywhere
	if (ps) expect(ps.stdout).not.toContain(secret);
	const hasSegment = () =>
		existsSync(join(folder, "ring")) && readdirSync(join(folder, "ring")).join().includes(".mp4");
	await until("a segment", hasSegment);

	worker.kill("SIGKILL");
	await ended(worker);
	await until("no process left", () => !pids.some(isRunning), { deadlineMs: 5_000, lastSeen: () => pids });
	await until("the camera to have no viewer", () => simulated.clients(`/yard?pass=${secret}`) === 0);
	const ring = new SegmentRing({ folder: join(folder, "ring"), keepMs: 60_000, maxBytes: 1 << 30, log: silentLog });
	const now = ring.coversUntil ?? 0;
	expect(await ring.cut({ fromAt: now - 100, toAt: now, outFile: join(folder, "clip.mp4") })).not.toBeNull();
	await simulated.close();
});

test("ffmpeg that does not end when asked is killed, and its report is bounded and redacted", async () => {
	const { path } = await locateFfmpeg();
	const lines: string[] = [];
	const child = new FfmpegProcess(
		path,
		["-nostdin", "-loglevel", "debug", "-i", "rtsp://u:tellnobody@127.0.0.1:1/x"],
		"probe",
		{ onLine: (line) => lines.push(line) },
	);
	await child.ended;
	expect(lines.join("\n")).toContain("127.0.0.1");
	expect(lines.join("\n")).not.toContain("tellnobody");
	expect(child.lastLines.length).toBeLessThanOrEqual(60);

	const script = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
	const stubborn = new FfmpegProcess("/bin/sh", ["-c", script], "camera");
	let output = "";
	stubborn.outputs[0]?.on("data", (chunk: Buffer) => (output += chunk.toString()));
	await until("it to run", () => output.includes("ready"));
	const askedAt = Date.now();
	await stubborn.stop();
	expect(await stubborn.ended).toMatchObject({ signal: "SIGKILL" });
	expect(Date.now() - askedAt).toBeLessThan(10_000);
});

test("a program that is not there is an error, not a crash", async () => {
	const child = new FfmpegProcess("/no/such/ffmpeg", [], "camera");
	await child.stop();
	const end = await child.ended.catch((error: unknown) => error);
	expect(end).not.toMatchObject({ code: 0 });
});

test("FFMPEG_PATH that is wrong is told, with what to do", async () => {
	const before = process.env["FFMPEG_PATH"];
	try {
		process.env["FFMPEG_PATH"] = "/no/such/ffmpeg";
		await expect(locateFfmpeg()).rejects.toThrow(/FFMPEG_PATH: \/no\/such\/ffmpeg .*apt-get install -y ffmpeg/);
		process.env["FFMPEG_PATH"] = "/bin/true";
		await expect(locateFfmpeg()).rejects.toThrow(/is not an ffmpeg program/);
	} finally {
		if (before === undefined) delete process.env["FFMPEG_PATH"];
		else process.env["FFMPEG_PATH"] = before;
	}
	expect((await locateFfmpeg()).version.major).toBeGreaterThanOrEqual(4);
});

test("connect and show me a picture", async () => {
	const clip = await testClip({ size: "640x360", codec: "h265" });
	const simulated = await startRtspCamera({
		streams: [{ path: "/yard", clip, user: "admin", password: "right" }],
	});
	const url = simulated.url("/yard");
	const ask = (address: string, timeoutMs = 15_000) =>
		probeCamera({
			url: address,
			transport: "tcp",
			networks: anywhere,
			timeoutMs,
			signal: new AbortController().signal,
		});
	const seen = await ask(url);
	if (!seen.ok) throw new Error(seen.detail);
	expect(seen.video).toEqual({ codec: "h265", width: 640, height: 360 });
	expect(seen.jpeg.subarray(0, 3).toString("hex")).toBe("ffd8ff");
	expect(await ask(url.replace("right", "tellnobody"))).toEqual({
		ok: false,
		problem: "wrong_password",
		detail: "the camera does not accept this user and password",
	});
	expect(await ask(`${url}x`)).toMatchObject({ ok: false, problem: "not_found" });
	expect(await ask("http://admin:tellnobody@127.0.0.1/")).toEqual({
		ok: false,
		problem: "unknown",
		detail: "camera address: begins with http://, allowed are rtsp:// and rtsps://",
	});
	simulated.stall("/yard");
	expect(await ask(url, 3_000)).toEqual({ ok: false, problem: "timeout", detail: "no picture within 3 s" });
	await simulated.close();
	expect(await ask(url)).toMatchObject({ ok: false, problem: "refused" });
});
