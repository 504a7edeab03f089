import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { InputError } from "#platform/input-error.ts";
import { loadEdgeConfig } from "../../edge/config.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-config-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(yaml: string, environment: NodeJS.ProcessEnv = {}) {
	const file = join(folder, "edge.yaml");
	await writeFile(file, yaml);
	return loadEdgeConfig(file, environment);
}
const problemsOf = (loading: Promise<unknown>) =>
	loading.then(
		() => [],
		(error: InputError) => error.problems.map((problem) => problem.replaceAll(`${folder}/`, "")),
	);
const least = "siteId: a\nedgeId: b\nserver: {url: 'http://h:1/'}\nmqtt: {url: 'mqtt://h'}\ndataFolder: data\n";

describe("edge.yaml", () => {
	test("the least that is needed, with the token from the environment", async () => {
		expect(await load(least, { KEEPCLEAR_EDGE_TOKEN: "t" })).toMatchObject({
			server: { url: "http://h:1", token: "t" },
			mqtt: { url: "mqtt://h", username: "b", password: "t", ca: null },
			dataFolder: join(folder, "data"),
			model: "yolov8s",
		});
	});

	test("secrets from files beside it, without the line end", async () => {
		await writeFile(join(folder, "token"), "secret\n");
		const yaml = least.replace("{url: 'http://h:1/'}", "{url: 'http://h:1/', tokenFile: token}");
		expect((await load(yaml)).server.token).toBe("secret");
	});

	test("without a token: says the three ways to give it", async () => {
		expect(await problemsOf(load(least))).toEqual([
			"edge.yaml: server: needs token, tokenFile, or KEEPCLEAR_EDGE_TOKEN in the environment",
		]);
	});

	test("a secret's file that is not there: named", async () => {
		const yaml = least.replace("{url: 'http://h:1/'}", "{url: 'http://h:1/', tokenFile: nowhere}");
		expect(await problemsOf(load(yaml))).toEqual(["edge.yaml: server.tokenFile: nowhere cannot be read (ENOENT)"]);
	});

	test("who it is, from what keepclear enrol has written; beside it the broker alone", async () => {
		const identity = {
			...{ siteId: "a", edgeId: "b", publicKey: "0".repeat(64), token: "t".repeat(43) },
			...{ server: { url: "https://h", ca: "CA" }, mqtt: { url: "mqtts://h:1883", ca: "CA" } },
		};
		await writeFile(join(folder, "id.json"), JSON.stringify(identity));
		const enrolled = "identityFile: id.json\ndataFolder: data\n";
		expect(await load(enrolled, { KEEPCLEAR_EDGE_TOKEN: "no" })).toMatchObject({
			...{ siteId: "a", edgeId: "b", server: { url: "https://h", token: identity.token, ca: "CA" } },
			mqtt: { url: "mqtts://h:1883", username: "b", password: identity.token, ca: "CA" },
			secrets: { keyFile: join(folder, "data", "secrets.key") },
		});
		const other = await load(`${enrolled}mqtt: {url: 'mqtt://broker', username: u, password: p}\n`);
		expect(other.mqtt).toEqual({ url: "mqtt://broker", username: "u", password: "p", ca: null });
		expect(await problemsOf(load(`${enrolled}siteId: a\nserver: {url: 'http://h'}\n`))).toEqual([
			"edge.yaml: siteId: stands in the identityFile: leave one of them out",
			"edge.yaml: server: stands in the identityFile: leave one of them out",
		]);
		await writeFile(join(folder, "id.json"), JSON.stringify({ ...identity, mqtt: null }));
		expect(await problemsOf(load(enrolled))).toEqual([
			"edge.yaml: mqtt: is missing: the broker is not the server's own",
		]);
		await writeFile(join(folder, "id.json"), "{");
		expect(await problemsOf(load(enrolled))).toEqual(["id.json: is not JSON"]);
	});

	test("neither enrolled nor set up by hand: says so", async () => {
		expect(await problemsOf(load("dataFolder: data\nsiteId: a\n"))).toEqual([
			"edge.yaml: edgeId: is missing, and so is an identityFile",
			"edge.yaml: server: is missing, and so is an identityFile",
			"edge.yaml: mqtt: is missing, and so is an identityFile",
		]);
		expect(await problemsOf(load("dataFolder: data\nidentityFile: none.json\n"))).toEqual([
			expect.stringMatching(
				/^edge\.yaml: identityFile: none\.json is not there: this edge is not enrolled yet; keepclear enrol/,
			),
		]);
	});

	test("every problem at once, each with its place and what is allowed", async () => {
		const problems = await problemsOf(
			load("siteId: Ä\nedgeId: b\nserver: {url: ftp://h}\nmqtt: {url: mqtt://h}\ndetectorWorkers: 0\nrings: 1\n"),
		);
		expect(problems).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^edge.yaml: siteId: 1 to 63 of a-z, 0-9 and -/),
				"edge.yaml: server.url: must be a URL that begins with http:// or https://",
				expect.stringMatching(/^edge.yaml: dataFolder: /),
				expect.stringMatching(/^edge.yaml: detectorWorkers: /),
				"edge.yaml: rings: is not a known key",
			]),
		);
	});
});
