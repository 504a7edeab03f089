import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { defaultPolicy } from "#core/scene.ts";
import { edgeConfigSchema } from "../../edge/config.ts";
import { serverConfigSchema } from "../../src/server/config.ts";

const read = async (name: string) =>
	parse(await readFile(new URL(`../../config/${name}`, import.meta.url), "utf8")) as Record<string, unknown>;

test("server.example.yaml is taken, and what it calls a default is one", async () => {
	const example = serverConfigSchema.parse(await read("server.example.yaml"));
	expect(example).toEqual({ ...serverConfigSchema.parse({}), name: example.name });
});

test("what server.example.yaml says of the policy's defaults is so", async () => {
	const text = await readFile(new URL("../../config/server.example.yaml", import.meta.url), "utf8");
	const told = [...text.matchAll(/^#   (\w+(?:Ms|M)): (\d+)/gm)].map(([, key, value]) => [key, Number(value)] as const);
	expect({ ...Object.fromEntries(told), blindAfterMs: defaultPolicy.blindAfterMs }).toEqual(defaultPolicy);
});

test("edge.example.yaml is taken, and what it calls a default is one", async () => {
	const written = await read("edge.example.yaml");
	const example = edgeConfigSchema.parse(written);
	const { identityFile, dataFolder } = example;
	expect(example).toEqual(edgeConfigSchema.parse({ identityFile, dataFolder }));
});
