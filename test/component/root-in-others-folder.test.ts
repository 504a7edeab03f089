import { execFile } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { typescriptLoader } from "#platform/child-process.ts";
import { createLog } from "#platform/log.ts";
import { edgeConfigSchema } from "../../edge/config.ts";
import { runEdge } from "../../edge/main.ts";
import { examine } from "../../src/cli/doctor.ts";
import { makeBackup } from "../../src/server/backup/make-backup.ts";
import { restoreBackup } from "../../src/server/backup/restore-backup.ts";
import { startTestServer } from "../support/server.ts";

const somebody = 65_534;
const log = createLog("test", "fatal");

let folder: string;
let others: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-owner-"));
	await chmod(folder, 0o755);
	others = join(folder, "others");
	await mkdir(others, { mode: 0o700 });
	if (process.getuid?.() === 0) await chown(others, somebody, somebody);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Only root may give a folder away, and only root is the matter. */
describe.skipIf(process.getuid?.() !== 0)("root in the folder of the service's user", () => {
	it("starts neither server nor edge, and restores nothing: the service could not read what it left", async () => {
		const why =
			/^dataFolder: .*others is of user 65534, who could not read what root writes there: run this as that user/;
		await expect(startTestServer({ dataFolder: others })).rejects.toThrow(why);
		const config = edgeConfigSchema.parse({
			...{ siteId: "estate", edgeId: "gate", dataFolder: others },
			...{ server: { url: "http://127.0.0.1:9", token: "x".repeat(30) }, mqtt: { url: "mqtt://127.0.0.1:9" } },
		});
		await expect(runEdge(config as never, { log, signal: AbortSignal.abort() })).rejects.toThrow(why);
		const server = await startTestServer();
		const backup = join(folder, "backup");
		await makeBackup({ dataFolder: server.dataFolder, target: backup, program: "0", now: Date.now });
		await server.stop();
		await expect(restoreBackup({ backup, dataFolder: others, now: Date.now })).rejects.toThrow(why);
		await expect(restoreBackup({ backup, dataFolder: join(others, "new"), now: Date.now })).rejects.toThrow(why);
		expect(await readdir(others)).toEqual([]);
	});

	it("is told of by the doctor where it left something", async () => {
		const config = join(folder, "server.yaml");
		await writeFile(config, JSON.stringify({ dataFolder: others, listen: { port: 0 }, evidence: { minFreeBytes: 0 } }));
		const said = async () =>
			(await examine({ server: config }))
				.filter(({ words }) => words.includes("another user"))
				.map(({ words }) => words);
		expect(await said()).toEqual([]);
		await mkdir(join(others, "tls"));
		await chown(join(others, "tls"), somebody, somebody);
		await writeFile(join(others, "tls", "server.pem"), "");
		await writeFile(join(others, "web-push-key.json"), "");
		expect(await said()).toEqual([
			`${others}/tls/server.pem and 1 more is of another user than the folder: chown -R --reference=${others} ${others}`,
		]);
	});

	it("has not damaged the broker's folder: it stays where it is", async () => {
		const broker = join(others, "broker");
		await mkdir(broker, { mode: 0o700 });
		await writeFile(join(broker, "CURRENT"), "", { mode: 0o600 });
		const store = fileURLToPath(new URL("../../src/server/broker/retained-store.ts", import.meta.url));
		const script = join(folder, "open.mts");
		await writeFile(
			script,
			`import { openRetainedStore } from ${JSON.stringify(store)};
			await openRetainedStore(${JSON.stringify(broker)}, console).catch((error) => console.log(error.message));`,
		);
		const argv = [`--reuid=${somebody}`, `--regid=${somebody}`, "--clear-groups", process.execPath];
		const { stdout } = await promisify(execFile)("setpriv", [...argv, ...typescriptLoader, script]);
		expect(stdout).toBe(`${broker}: cannot be read: give it to the user who runs Keepclear\n`);
		expect(await readdir(others)).toEqual(["broker"]);
	});
});
