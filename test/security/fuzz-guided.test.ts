import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { isUplink } from "#contract/read-topic.ts";
import { loadFile, parseOrRefuse } from "#platform/input-error.ts";
import { edgeConfigSchema } from "../../edge/config.ts";
import { serverConfigSchema } from "../../src/server/config.ts";
import { messageFixtures } from "../support/message-fixtures.ts";
import { type Found, hunt } from "./support/guided.ts";
import { exampleEdge, exampleServer, isInWords } from "./support/in-words.ts";
import { makeIntake, topicOf } from "./support/message-intake.ts";
import { changed, changes, damage, damages } from "./support/mutate.ts";
import type { AttackKind } from "./support/kinds.ts";
import { Reach } from "./support/reach.ts";
import { countCase } from "./support/tried.ts";

const runs = Number(process.env["KEEPCLEAR_FUZZ_RUNS"] ?? 150) * 3;
const root = fileURLToPath(new URL("../../", import.meta.url));
/** Ours, and the readers that we gave the work to. */
const isUnderAttack = (url: string) =>
	["src/", "edge/", "node_modules/zod/", "node_modules/yaml/"].some((folder) => url.includes(root + folder));

/**
 * Messages and configurations, where guiding pays: of as many inputs it takes the code a fifth more ways. The readers of
 * RTSP, fragments, zips and pictures have been taken all ways by blind damage (`fuzz-protocols.test.ts`).
 */
describe("guided by what they reach", () => {
	let reach: Reach;
	let folder: string;
	beforeAll(async () => {
		reach = new Reach(isUnderAttack);
		folder = await mkdtemp(join(tmpdir(), "keepclear-guided-"));
	});
	afterAll(async () => {
		reach.close();
		await rm(folder, { recursive: true, force: true });
	});

	it("messages of an edge are taken to the letter, or refused", async () => {
		const isTakenOrRefused = makeIntake();
		const seeds = messageFixtures("valid").filter(({ kind }) => isUplink(kind));
		const found = await hunt(reach, {
			...{ seeds, changes, runs: runs * 2 },
			change: (message, all) => ({ ...message, payload: changed(message.payload, all) }),
			read: ({ kind, payload }) => isTakenOrRefused(topicOf(kind, payload), Buffer.from(JSON.stringify(payload) ?? "")),
		});
		holds("malformed messages", found);
	});

	it.each([
		["edge.yaml", edgeConfigSchema, exampleEdge()],
		["server.yaml", serverConfigSchema, exampleServer()],
	] as const)("configurations are taken, or refused in words: %s", async (file, schema, example) => {
		const found = await hunt<unknown, Parameters<typeof changed>[1]>(reach, {
			...{ seeds: [example], changes, runs, change: changed },
			read(value) {
				try {
					parseOrRefuse(schema, value, file);
					return true;
				} catch (error) {
					return isInWords(error, file);
				}
			},
		});
		holds("malformed configurations and scenes", found);
	});

	it("a configuration's file is read, or refused in words", async () => {
		const file = join(folder, "edge.yaml");
		const bytes = Buffer.from(stringify(exampleEdge()));
		const found = await hunt<Buffer, Parameters<typeof damage>[1]>(reach, {
			...{ seeds: [bytes], changes: damages(bytes.length), runs, change: damage },
			async read(content) {
				await writeFile(file, content);
				return loadFile(edgeConfigSchema, file).then(
					() => true,
					(error: unknown) => isInWords(error, file),
				);
			},
		});
		holds("malformed configurations and scenes", found);
	});
});

function holds<Input>(kind: AttackKind, { tried, kept, broken }: Found<Input>): void {
	for (let i = 0; i < tried; i += 1) countCase(kind, i >= broken.length);
	expect(broken.slice(0, 5)).toEqual([]);
	expect(kept, "nothing new was reached: the profiler does not see the code").toBeGreaterThan(10);
}
