import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { loadFile, parseOrRefuse } from "#platform/input-error.ts";
import { edgeConfigSchema, parseEdgeConfig } from "../../edge/config.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { exampleEdge, exampleServer, isInWords } from "./support/in-words.ts";
import { damaged, mutated } from "./support/mutate.ts";
import { countCase } from "./support/tried.ts";

const kind = "malformed configurations and scenes";
const runs = { numRuns: Number(process.env["KEEPCLEAR_FUZZ_RUNS"] ?? 150) * 4 };
const scene = {
	zones: [
		{
			...{ id: "lane-1", kind: "fire_lane", policy: { offDelayMs: 2_000 } },
			hours: [{ from: "22:00", to: "07:00", policy: { offDelayMs: 1 } }],
			armed: [{ from: "22:00", to: "07:00" }],
			polygon: [
				[0.2, 0.4],
				[0.6, 0.4],
				[0.9, 0.8],
			],
		},
		{
			...{ id: "b", kind: "hydrant_front" },
			polygon: [
				[0, 0],
				[1, 0],
				[1, 1],
			],
		},
	],
	policy: { vehicleOnDelayMs: 60_000 },
};
const files: readonly (readonly [string, z.ZodType, object])[] = [
	["edge.yaml", edgeConfigSchema, exampleEdge()],
	["server.yaml", serverConfigSchema, exampleServer()],
	["server.yaml", serverConfigSchema, fullServer()],
	["scene.json", sceneFileSchema, scene],
];

function fullServer(): object {
	const channels = [{ name: "one", kind: "webhook", url: "https://hooks.example/x", secretFile: "secret" }];
	return {
		...{ listen: { host: "::", port: 1, trustedProxies: ["10.0.0.1"] }, publicUrl: "https://x.example" },
		...{
			mqtt: { kind: "external", url: "mqtts://b:8883", username: "u", passwordFile: "p" },
			timeZone: "Asia/Shanghai",
		},
		...{ retention: { unconfirmed: 1, confirmed: 2, transferred: 3 }, notices: { phone: "10086", channels } },
	};
}

describe("a configuration that is changed somewhere", () => {
	it.each(files)("is taken, or refused in words: %s", (file, schema, value) => {
		fc.assert(
			fc.property(mutated(value), (changed) => {
				let isFine: boolean;
				try {
					const taken = parseOrRefuse(schema, changed, file);
					// What was taken is taken again, and is the same: nothing depends on what was left aside.
					isFine = schema === sceneFileSchema || same(parseOrRefuse(schema, taken, file), taken);
				} catch (error) {
					isFine = isInWords(error, file);
				}
				countCase(kind, isFine);
				return isFine;
			}),
			runs,
		);
	});

	it("of an edge is whole in the end, or refused in words", async () => {
		await fc.assert(
			fc.asyncProperty(mutated(files[0]?.[2]), async (changed) => {
				const isFine = await parseEdgeConfig(changed, "edge.yaml", {}).then(
					({ server, mqtt }) => typeof server.token === "string" && typeof mqtt.password === "string",
					(error: unknown) => isInWords(error, "edge.yaml"),
				);
				countCase(kind, isFine);
				return isFine;
			}),
			{ numRuns: 300 },
		);
	});
});

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

describe("a file that is damaged", () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "keepclear-fuzz-"));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	const load = async (schema: z.ZodType, content: string | Buffer): Promise<boolean> => {
		const file = join(folder, "x.yaml");
		await writeFile(file, content);
		const from = performance.now();
		const isFine = await loadFile(schema, file).then(
			() => true,
			(error: unknown) => isInWords(error, file),
		);
		const isQuick = performance.now() - from < 5_000;
		countCase(kind, isFine && isQuick);
		return isFine && isQuick;
	};

	it.each([
		["edge.example.yaml", edgeConfigSchema],
		["server.example.yaml", serverConfigSchema],
	] as const)("is read, or refused in words: %s", async (name, schema) => {
		const bytes = readFileSync(new URL(`../../config/${name}`, import.meta.url));
		await fc.assert(
			fc.asyncProperty(damaged(bytes), (content) => load(schema, content)),
			{ numRuns: 150 },
		);
	});

	it("is refused in words where it means harm", async () => {
		const laughs = [
			"a: &a [x,x,x,x,x,x,x,x,x,x]",
			..."bcdefghi".split("").map((key, at) => {
				const before = "abcdefghi".charAt(at);
				return `${key}: &${key} [${Array.from({ length: 10 }, () => `*${before}`).join(",")}]`;
			}),
		].join("\n");
		const harmful = [
			laughs,
			"a: &a\n  b: *a\n",
			"!!js/function 'function(){}'",
			"!!python/object/apply:os.system ['touch /tmp/x']",
			"<<: *none",
			"? {a: b}\n: c",
			"%YAML 9.9\n---\na: b",
			"a: b\na: c",
			"[".repeat(5_000),
			`${" ".repeat(10_000)}a: b`,
			"a: !!binary '====='",
			"__proto__: {siteId: x}",
			"--- a\n--- b\n",
			"\u0000\u0001\u0002",
			"\ufeff{}",
		];
		for (const text of harmful) {
			for (const schema of [edgeConfigSchema, serverConfigSchema, sceneFileSchema]) {
				expect(await load(schema, text), text.slice(0, 80)).toBe(true);
			}
		}
		expect(({} as { siteId?: string }).siteId).toBeUndefined();
	});
});
