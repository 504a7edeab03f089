import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended } from "#platform/child-process.ts";
import { type Confinement, confinedCommand, means, spawnConfined } from "#platform/confined-child.ts";
import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { type FfmpegJob, ffmpegJobs } from "#platform/ffmpeg-jobs.ts";
import { runFfmpeg } from "#platform/run-ffmpeg.ts";
import { limitsFinding } from "../../src/cli/doctor/machine-findings.ts";
import { tried } from "./support/tried.ts";

const kind = "children beyond their limits";
const has = means();
let folder: string;
let heard = 0;
const trap = createServer((socket) => {
	heard += 1;
	socket.destroy();
});
let port: number;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-children-"));
	trap.listen(0, "127.0.0.1");
	await once(trap, "listening");
	({ port } = trap.address() as AddressInfo);
});
afterAll(async () => {
	trap.close();
	await rm(folder, { recursive: true, force: true });
});

const small: Confinement = { ...ffmpegJobs.look, memoryBytes: 512 << 20, cpuS: 1 };

async function run(script: string, confinement: Confinement) {
	const child = spawnConfined("/bin/sh", ["-c", script], confinement, { stdio: ["ignore", "pipe", "pipe"] });
	const [output, errors, end] = await Promise.all([buffer(child.stdout!), buffer(child.stderr!), ended(child)]);
	return { output: output.toString(), errors: errors.toString(), ...end };
}

describe.skipIf(!has.limits)("limits (prlimit is on this machine)", () => {
	it("stop a child that allocates, whatever it is", async () => {
		const greedy = await run("dd if=/dev/zero of=/dev/null bs=700M count=1", small);
		tried(kind, "700 MB where 512 are allowed", greedy.code !== 0, greedy);
		const modest = await run("dd if=/dev/zero of=/dev/null bs=50M count=1", small);
		expect(modest.code, modest.errors).toBe(0);
		const { path } = await locateFfmpeg();
		for (const [job, { memoryBytes }] of Object.entries(ffmpegJobs)) {
			const side = Math.ceil(Math.sqrt(memoryBytes / 3));
			const huge = [
				"-v",
				"error",
				"-f",
				"lavfi",
				"-i",
				`color=size=${side}x${side}`,
				"-frames:v",
				"1",
				"-f",
				"rawvideo",
				"-",
			];
			const said = await runFfmpeg(path, huge, job as FfmpegJob, { onOutput: () => {} }).then(
				() => "a picture",
				(error: Error) => error.message,
			);
			tried(kind, `a picture of ${side} x ${side} for ${job}`, said !== "a picture", said);
		}
	});

	it("stop a child that never ends to calculate", async () => {
		const endless = await run("while :; do :; done", small);
		tried(kind, "more than a second of processor time", endless.signal !== null, endless);
	});

	it("keep a child from writing files", async () => {
		const file = join(folder, "written");
		const writing = await run(`echo something > ${file}`, small);
		const { size } = await stat(file).catch(() => ({ size: 0 }));
		tried(kind, "a file where none is allowed", size === 0 && writing.code !== 0, writing);
		const large = await run(`dd if=/dev/zero of=${file} bs=1M count=3`, { ...small, fileBytes: 1 << 20 });
		tried(kind, "3 MB where 1 is allowed", (await stat(file)).size <= 1 << 20 && large.code !== 0, large);
		const { path } = await locateFfmpeg();
		const out = join(folder, "picture.ppm");
		await runFfmpeg(
			path,
			["-v", "error", "-f", "lavfi", "-i", "color=size=64x48", "-frames:v", "1", `file:${out}`],
			"look",
		).catch(() => {});
		tried(
			kind,
			"ffmpeg that is only to look",
			await stat(out).then(
				({ size }) => size === 0,
				() => true,
			),
		);
	});

	it("hold its open files low, and leave no picture of its memory", async () => {
		const { output } = await run("ulimit -n; ulimit -c", small);
		tried(kind, "open files and core", output === "256\n0\n", output);
	});
});

describe.skipIf(!has.ownNetwork)("a network of its own (this machine lets us)", () => {
	it("has nobody in it: what reads files connects to nothing", async () => {
		const { path } = await locateFfmpeg();
		const jobs = Object.entries(ffmpegJobs).filter(([, { needsNetwork }]) => !needsNetwork);
		expect(jobs.length).toBeGreaterThan(5);
		for (const [job] of jobs) {
			for (const url of [`tcp://127.0.0.1:${port}`, `http://127.0.0.1:${port}/`]) {
				const args = ["-v", "error", "-i", url, "-f", "null", "-"];
				await runFfmpeg(path, args, job as FfmpegJob, { timeoutMs: 20_000 }).catch(() => {});
				tried(kind, `${job}: ${url}`, heard === 0, heard);
			}
		}
		await runFfmpeg(path, ["-v", "error", "-i", `tcp://127.0.0.1:${port}`, "-f", "null", "-"], "probe").catch(() => {});
		expect(heard).toBe(1); // a camera's session may: so the trap is one
	});
});

describe.skipIf(!has.noNewRights)("rights (setpriv is on this machine)", () => {
	it("cannot be gained, and root's are given up", async () => {
		for (const [job, confinement] of Object.entries(ffmpegJobs)) {
			const { output } = await run("cat /proc/self/status", confinement);
			const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(output)?.[1] ?? "";
			tried(kind, `${job}: new rights`, field("NoNewPrivs") === "1", output);
			if (!has.lessThanRoot) continue;
			tried(kind, `${job}: capabilities`, /^0+$/.test(field("CapEff")) && /^0+$/.test(field("CapBnd")), output);
			const isNobody = field("Uid").startsWith("65534");
			tried(kind, `${job}: user`, isNobody === !confinement.needsFiles, field("Uid"));
		}
	});
});

describe("a machine that has none of it", () => {
	const none = { noNewRights: false, limits: false, ownNetwork: null, lessThanRoot: null };

	it("starts the program as it is, and the doctor says what is missing", () => {
		expect(confinedCommand("/bin/x", ["-i", "a b"], ffmpegJobs.look, none)).toEqual(["/bin/x", "-i", "a b"]);
		const { ok, words } = limitsFinding(none);
		expect([ok, words]).toEqual([
			true,
			expect.stringMatching(/Not on this machine: memory.*prlimit.*setpriv.*network/),
		]);
		expect(
			limitsFinding({ noNewRights: true, limits: true, ownNetwork: "user", lessThanRoot: null }).words,
		).not.toContain("Not on");
	});

	it("gets arguments as a list: none of them becomes another", () => {
		for (const arg of ["; id", "$(id)", "--", "-n", "a\nb", "' '"]) {
			const command = confinedCommand("/bin/x", [arg], ffmpegJobs.camera);
			tried(kind, `an argument ${arg}`, command.at(-1) === arg && command.at(-2) === "/bin/x", command);
		}
	});
});
