/**
 * What one server takes: `npm run bench:server -- [--lanes 10000] [--pages 200] [--seconds 15] [--rates 50,100,…]`. Edges
 * and pages are played by processes of their own over MQTT and server-sent events; server, broker and disk are real, and
 * everything shares this machine. One message in twenty raises or clears an alert, the rest are states of lanes; two photos
 * a second are uploaded meanwhile. Rates go up until an alert takes more than a second to the screen, for one in a hundred.
 * In the same run: how many rows a second SQLite takes here as durably, one a transaction, and what the broker alone carries.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { ended } from "#platform/child-process.ts";
import { wait } from "#platform/wait.ts";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { databaseFile } from "../../src/server/store/database-file.ts";
import { openStore } from "../../src/server/store/open-store.ts";
import { prepareInstallation } from "../../src/cli/demo/prepare.ts";
import { startProgram } from "../../src/cli/demo/programs.ts";
import { until } from "../support/poll.ts";
import { cpuMsOf } from "../support/process-cpu.ts";
import { signIn } from "../support/server.ts";
import { startLoadChild, type LoadChild } from "./load/load-child.ts";
import { putManyLanes } from "./load/many-lanes.ts";
import { measureBroker, measureInserts } from "./load/raw-rates.ts";

const { values } = parseArgs({
	options: {
		lanes: { type: "string", default: "10000" },
		pages: { type: "string", default: "200" },
		seconds: { type: "string", default: "15" },
		rates: { type: "string", default: "25,50,100,200,400,800,1600" },
	},
});
const [lanes, pages, seconds] = [Number(values.lanes), Number(values.pages), Number(values.seconds)];
const edges = Math.ceil(lanes / 100);
/** One person may have so many pages open. */
const pagesOfOne = 20;
const password = "correct-horse-battery";

const folder = await mkdtemp(join(tmpdir(), "keepclear-bench-server-"));
const installation = await prepareInstallation(folder, 0, { evidence: { minFreeBytes: 0 } });
const store = openStore(databaseFile(installation.serverDataFolder));
const tokens = putManyLanes(store, { edges, lanes });
const people = Array.from({ length: Math.ceil(pages / pagesOfOne) }, (_, index) => `officer-${index}`);
for (const name of people)
	await createUser(store, { name, role: "duty_officer", password, scopes: [{ kind: "all" }] }, Date.now());
store.close();

const inserts = measureInserts(folder);
console.log(`SQLite alone: ${inserts.toFixed(0)} rows a second, one a transaction, durable`);
const raw = await measureBroker(databaseFile(installation.serverDataFolder), folder, tokens[0] ?? "");
console.log(`broker alone: ${raw.toFixed(0)} messages a second, QoS 1, one sender to one that counts`);
const server = startProgram("server", installation.serverConfigFile, ["ignore", "ignore", 2]);
const serverEnded = ended(server);
const children: LoadChild[] = [];
try {
	const { url } = installation;
	const isUp = () =>
		fetch(`${url}/healthz`).then(
			({ ok }) => ok,
			() => false,
		);
	await until("the server to answer", isUp, { deadlineMs: 120_000 });
	const { mqtt } = parse(await readFile(installation.edgeConfigFile, "utf8")) as { mqtt: { url: string } };
	const cookies = await Promise.all(people.map(async (name) => (await signIn(url, name, password)).cookie));
	const watching = startLoadChild("pages", { url, cookies, pages });
	const sending = startLoadChild("edges", { mqttUrl: mqtt.url, url, tokens, lanes });
	children.push(watching, sending);
	await watching.ready;
	await sending.ready;
	const rows: string[] = [];
	let knee = 0;
	for (const rate of values.rates.split(",").map(Number)) {
		const cpuBefore = cpuMsOf(installation.serverConfigFile);
		const startedAt = Date.now();
		const sent = sending.ask({ rate, seconds });
		const { messages, acknowledgedMs } = (await sent) as { messages: number; acknowledgedMs: number | null };
		await wait(2_000);
		const { delays, events } = (await watching.ask({})) as { delays: number[]; events: number };
		const cpu = (cpuMsOf(installation.serverConfigFile) - cpuBefore) / (Date.now() - startedAt);
		const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)];
		const got = messages / seconds;
		rows.push(
			`| ${rate} | ${got.toFixed(0)} | ${p50} | ${p99} | ${acknowledgedMs ?? "never"} | ${(events / seconds).toFixed(0)} | ${(cpu * 100).toFixed(0)} % |`,
		);
		console.log(rows.at(-1));
		if (!(p99 <= 1_000) || acknowledgedMs === null) break;
		knee = got;
	}
	console.log(
		`| asked, messages/s | sent | to screen p50, ms | p99 | last alert acknowledged after, ms | events/s to pages | server's CPU |\n|---|---|---|---|---|---|---|\n${rows.join("\n")}`,
	);
	console.log(
		`${lanes} lanes, ${edges} edges, ${pages} pages: the knee is at ${knee.toFixed(0)} messages a second: ` +
			`${(knee / inserts).toFixed(2)} of SQLite's durable rows, ${(knee / raw).toFixed(3)} of the broker's messages`,
	);
} finally {
	for (const child of children) child.stop();
	server.kill("SIGTERM");
	await serverEnded;
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function percentile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
