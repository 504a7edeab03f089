import { execFile, type ChildProcess } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import { ended } from "#platform/child-process.ts";
import { type Image, imageBuilder, lock, removeImage } from "../../scripts/image/build-image.ts";
import { missingHere, startImage } from "../../scripts/image/start-image.ts";
import { ApiClient } from "../../src/cli/demo/api-client.ts";
import { prepareInstallation } from "../../src/cli/demo/prepare.ts";
import { putBlockModel } from "../faults/block-model.ts";
import { until } from "../support/poll.ts";
import { endings } from "../support/story.ts";

const atEnd = endings();
const context = fileURLToPath(new URL("../..", import.meta.url));
/** Whom the images run as, where we may become somebody else. */
const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

test("what the Dockerfile makes runs, as somebody without rights, and can change nothing but its data", async () => {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-image-"));
	atEnd(() => removeImage(folder));
	await chmod(folder, 0o711);
	const build = await imageBuilder({ context, folder });
	const [server, edge] = [await build("server"), await build("edge")];
	expect([...missingHere(server), ...missingHere(edge)]).toEqual([]);
	const fonts = await readdir(join(server.root, "app", "node_modules", "@expo-google-fonts", "noto-sans-sc"));
	expect(fonts.filter((name) => /^\d{3}/.test(name))).toEqual(["400Regular"]);

	const installation = await prepareInstallation(join(server.root, "data"));
	const config = JSON.parse(await readFile(installation.edgeConfigFile, "utf8")) as object;
	const models = join(edge.root, "data", "models");
	await mkdir(models);
	const more = { dataFolder: join(edge.root, "data", "edge"), model: await putBlockModel(models), readPlates: false };
	await writeFile(join(edge.root, "data", "edge.yaml"), JSON.stringify({ ...config, ...more }));
	for (const image of [server, edge]) await lock(image, somebody);

	const running = [started(server), started(edge)];
	const lastSeen = () => running.map(({ log }) => log().slice(-3_000)).join("\n");
	const ready = () =>
		fetch(`${installation.url}/readyz`).then(
			({ ok }) => ok,
			() => false,
		);
	await until("the server to be ready", ready, { deadlineMs: 60_000, lastSeen });
	const { name, password } = installation.signIn;
	const admin = await ApiClient.signIn(installation.url, name, password);
	const isOnline = async () => (await admin.get<{ edges: EdgeAnswer[] }>("/api/edges")).edges[0]?.state === "online";
	await until("the edge to be online", isOnline, { deadlineMs: 60_000, lastSeen });
	expect((await fetch(installation.url)).headers.get("content-type")).toContain("text/html");
	if (somebody) {
		const write = promisify(execFile)("setpriv", [
			"--reuid=65534",
			"--clear-groups",
			"touch",
			join(server.root, "app", "x"),
		]);
		await expect(write).rejects.toThrow(/Permission denied/);
	}
	for (const { child } of running) {
		child.kill("SIGTERM");
		await ended(child);
		expect([child.exitCode, lastSeen()]).toEqual([0, expect.any(String)]);
	}
});

function started(image: Image): { readonly child: ChildProcess; readonly log: () => string } {
	const child = startImage(image, somebody);
	atEnd(() => child.kill("SIGKILL"));
	let log = "";
	for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (log += chunk.toString()));
	return { child, log: () => log };
}
