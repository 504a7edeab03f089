import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "#core/evidence/canonical-json.ts";
import { evidenceManifestSchema, evidenceRoles } from "#contract/evidence-manifest.ts";
import { readManifest } from "#contract/read-manifest.ts";

const folder = new URL("../../fixtures/manifests/v1/", import.meta.url);

function examples(which: "valid" | "invalid") {
	return readdirSync(new URL(`${which}/`, folder)).map((file) => ({
		name: file.slice(0, -".json".length),
		...(JSON.parse(readFileSync(new URL(`${which}/${file}`, folder), "utf8")) as { manifest: Json; why?: string }),
	}));
}

describe("manifests of evidence", () => {
	it.each(examples("valid"))("are read: $name", ({ manifest }) => {
		expect(evidenceManifestSchema.safeParse(manifest).error).toBeUndefined();
		expect(readManifest(canonicalJson(manifest))).toEqual(manifest);
	});

	it.each(examples("invalid"))("are refused: $name ($why)", ({ manifest, why }) => {
		expect(evidenceManifestSchema.safeParse(manifest).success).toBe(false);
		expect(readManifest(canonicalJson(manifest))).toBeNull();
		expect(why).toBeTruthy();
	});

	it("are refused where they are not canonical to the byte", () => {
		const text = canonicalJson(examples("valid")[0]?.manifest ?? null);
		expect(readManifest(text)).not.toBeNull();
		expect(readManifest(` ${text}`)).toBeNull();
		expect(readManifest(text.replace('"v":1', '"v":1.0'))).toBeNull();
		expect(readManifest(text.replace('{"alertId"', '{"v":1,"alertId"'))).toBeNull(); // a key twice
	});

	it("have an example of every role", () => {
		const told = examples("valid").flatMap(({ manifest }) => {
			return evidenceManifestSchema.parse(manifest).files.map(({ role }) => role);
		});
		expect(new Set(told)).toEqual(new Set(evidenceRoles));
	});
});
