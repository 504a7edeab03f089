import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ended, spawnTied, typescriptLoader } from "#platform/child-process.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { runFfmpeg, testClip } from "../support/test-clips.ts";
import { until, watchCamera } from "../support/watched-camera.ts";

const program = fileURLToPath(new URL("../../src/simulator/main.ts", import.meta.url));

function start(args: readonly string[]) {
	const child = spawnTied(process.execPath, [...typescriptLoader, program, ...args], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	const seen = { out: "", err: "" };
	child.stdout?.on("data", (chunk: Buffer) => (seen.out += chunk.toString()));
	child.stderr?.on("data", (chunk: Buffer) => (seen.err += chunk.toString()));
	return { child, seen, end: ended(child) };
}

test("the simulated camera as a program: says its address, is watched, ends when asked", async () => {
	const { child, seen, end } = start(["--clip", await testClip(), "--path", "/fire-lane"]);
	const { url } = await until(
		"the address",
		() => seen.out.includes("\n") && (JSON.parse(seen.out) as { url: string }),
	);
	expect(url).toMatch(/^rtsp:\/\/127\.0\.0\.1:\d+\/fire-lane$/);
	const watched = watchCamera({ url });
	await until("a frame", () => watched.frames[0]);
	child.kill("SIGTERM");
	expect((await end).code).toBe(0);
	expect((await watched.failure()).problem).toBe("silent");
});

test.each([
	[[], /--clip is missing/],
	[["--clip", "x.mp4", "--port", "many"], /--port many: must be 0 to 65535/],
	[["--clip", "/no/such.mp4"], /\/no\/such\.mp4: cannot be read as a video/],
])("with %j it ends with status 2 and a sentence", async (args, sentence) => {
	const { seen, end } = start(args);
	expect((await end).code).toBe(2);
	expect(seen.err).toMatch(sentence);
	expect(seen.err).not.toMatch(/\n\s+at /);
});

test("ffmpeg itself, without our relay, is let in by Digest and by Basic", async () => {
	const clip = await testClip();
	const simulated = await startRtspCamera({
		streams: (["digest", "basic"] as const).map((auth) => ({
			path: `/${auth}`,
			clip,
			auth,
			user: "a b",
			password: "c@d",
		})),
	});
	for (const path of ["/digest", "/basic"]) {
		const args = [
			"-v",
			"error",
			"-rtsp_transport",
			"tcp",
			"-i",
			simulated.url(path),
			"-frames:v",
			"1",
			"-f",
			"null",
			"-",
		];
		await runFfmpeg(args);
		await expect(runFfmpeg(args.map((arg) => arg.replace("c%40d", "wrong")))).rejects.toThrow(/401/);
	}
	await simulated.close();
});

test("a camera over TLS with a certificate that it signed itself (rtsps)", async ({ skip }) => {
	const folder = mkdtempSync(join(tmpdir(), "keepclear-tls-"));
	const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
	const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=camera", "-days", "2"];
	try {
		execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "ignore" });
	} catch {
		skip("there is no openssl here to make a certificate");
	}
	const clip = await testClip();
	const simulated = await startRtspCamera({ streams: [{ path: "/yard", clip, user: "u", password: "p" }] });
	const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
		const inner = connect(simulated.port, "127.0.0.1");
		for (const end of [socket, inner])
			end.on("error", () => {}).on("close", () => void (socket.destroy(), inner.destroy()));
		socket.pipe(inner).pipe(socket);
	}).listen(0, "127.0.0.1");
	await until("the front", () => front.listening);
	const address = `127.0.0.1:${(front.address() as AddressInfo).port}`;
	const watched = watchCamera({ url: `rtsps://u:p@${address}/yard` });
	await until("a frame", () => watched.frames[0]);
	await watched.stop();
	await simulated.close();
	front.close();
	rmSync(folder, { recursive: true, force: true });
});
