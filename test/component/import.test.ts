import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { CustodyAnswer } from "#contract/ledger.ts";
import { typescriptLoader } from "#platform/child-process.ts";
import { sha256Of } from "#platform/digest.ts";
import { contentToZip, writeZip } from "#platform/zip/write-zip.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { findBrokenPromises } from "../../src/server/check/check-data.ts";
import { importPackage } from "../../src/server/import/import-package.ts";
import type { EvidenceToSend } from "../support/evidence.ts";
import {
	alertId,
	evidenceOf,
	makeKey,
	manifestText,
	mp4Of,
	sendKey,
	sendManifest,
	store,
	type TestKey,
} from "../support/sealed.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { evidenceSet, itemOf } from "../support/transfer-facts.ts";

const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const raisedAt = 1_795_366_800_000;

let folder: string;
let [here, there]: TestApp[] = [];
let [admin, otherAdmin]: Inject[] = [];
let edge: Inject;
let key: TestKey;
let [first, second]: EvidenceToSend[] = [];
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-import-"));
	here = await buildTestApp();
	there = await buildTestApp();
	admin = await here.person("anna", "admin");
	otherAdmin = await there.person("boss", "admin");
	edge = here.edge("edge-1");
	key = makeKey();
	await sendKey(edge, key);
	const alert = { ...{ id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1" }, raisedAt };
	putAlert(here.parts.store, { ...alert, clearedAt: raisedAt + 60_000 });
	const photo = await sharp({ create: { width: 320, height: 180, channels: 3, background: "#357" } })
		.jpeg()
		.toBuffer();
	first = { id: `${alertId}.panorama_entry`, alertId, kind: "panorama_entry", content: photo };
	second = { id: `${alertId}.clip`, alertId, kind: "clip", content: mp4Of(3_000) };
	await store(here, first);
	await sendManifest(edge, key, manifestText(key, { sequence: 1, previous: null }, [first]), 1);
	const items = [{ ...itemOf("panorama_entry"), id: first.id, masks: [] }];
	await edge("PUT", `/api/edge/alerts/${alertId}/evidence-set`, { json: { ...evidenceSet, items } });
});
afterEach(async () => {
	await here?.close();
	await there?.close();
	await rm(folder, { recursive: true, force: true });
});

async function exported(by = admin, receiver = "authority", name = "package.zip"): Promise<string> {
	const answer = await by?.("GET", `/api/alerts/${alertId}/evidence-package?reason=elsewhere&for=${receiver}`);
	expect(answer?.statusCode, answer?.body.slice(0, 200)).toBe(200);
	const file = join(folder, name);
	await writeFile(file, answer?.rawPayload ?? "");
	return file;
}
const take = async (file: string) =>
	importPackage(
		{ store: into().parts.store, dataFolder: into().dataFolder, now: () => into().clock.now },
		await openPackage(file),
	);
const into = (): TestApp => there ?? fail();
const fail = (): never => {
	throw new Error("no server");
};
async function brokenThere(): Promise<string[]> {
	const broken: string[] = [];
	for await (const sentence of findBrokenPromises(into().parts.store, into().dataFolder)) broken.push(sentence);
	return broken;
}

describe("a package taken into another Keepclear", () => {
	it("is shown there, verifies there, and verifies when it is given out again", async () => {
		expect(await take(await exported())).toEqual({ alertId, edgeId: "edge-1", evidence: 1, manifests: 1 });
		expect(await brokenThere()).toEqual([]);
		const shown = (await otherAdmin?.("GET", `/api/alerts/${alertId}`))?.json<AlertAnswer>();
		const original = (await admin?.("GET", `/api/alerts/${alertId}`))?.json<AlertAnswer>();
		// Names are told by the lane's and the camera's rows, which stay where they are; instants by what was sealed.
		const evidence = original?.evidence.map((each) => ({ ...each, capturedAt: 1_795_366_680_000 }));
		// What people do about it, and since when they know of it, is each Keepclear's own.
		const own = { laneName: "lane-1", cameraName: "cam-1", handling: shown?.handling };
		expect(shown).toEqual({ ...original, evidence, ...own });
		const again = await exported(otherAdmin, "authority", "again.zip");
		expect(await verifyPackage(await openPackage(again), key.public)).toMatchObject({ broken: [], files: 1 });
		const custody = (await otherAdmin?.("GET", `/api/alerts/${alertId}/custody`))?.json<CustodyAnswer>();
		expect(custody?.rows.map(({ what }) => what)).toEqual([
			...["evidence_stored", "manifest_accepted", "imported", "exported"],
		]);
	});

	it("of which a sealed file was lost is taken in without it, and given out again as it came", async () => {
		if (!first || !second || !here) return fail();
		const previous = sha256Of(manifestText(key, { sequence: 1, previous: null }, [first]));
		await store(here, second);
		const lost = evidenceOf("still_entry");
		await sendManifest(edge, key, manifestText(key, { sequence: 2, previous }, [second, lost]), 2);
		const file = await exported();
		expect(await take(file)).toMatchObject({ evidence: 2, manifests: 2 });
		expect(await brokenThere()).toEqual([]);
		const absent = [{ name: `${lost.id}.jpg`, why: "not_here" }];
		for (const each of [file, await exported(otherAdmin, "authority", "again.zip")]) {
			expect(await verifyPackage(await openPackage(each), key.public)).toMatchObject({ broken: [], absent, files: 2 });
		}
	});

	it("is taken once: again it is nothing new, and a later package adds what came since", async () => {
		const file = await exported();
		await take(file);
		expect(await take(file)).toMatchObject({ evidence: 0, manifests: 0 });
		if (!second || !here) return fail();
		await store(here, second);
		const previous = sha256Of(manifestText(key, { sequence: 1, previous: null }, first ? [first] : []));
		await sendManifest(edge, key, manifestText(key, { sequence: 2, previous }, [second]), 2);
		expect(await take(await exported())).toMatchObject({ evidence: 1, manifests: 1 });
		expect(await brokenThere()).toEqual([]);
		const rows = into().parts.store.prepare("SELECT what FROM ledger WHERE what = 'imported'").all();
		expect(rows).toHaveLength(2);
	});

	it("is not changed there: no word is said of it, and its edge gets no token", async () => {
		await take(await exported());
		const said = await otherAdmin?.("POST", `/api/alerts/${alertId}/handling`, {
			json: { kind: "acknowledged" },
		});
		expect(said?.json()).toMatchObject({ error: "foreign" });
		const confirmed = await otherAdmin?.("PUT", `/api/alerts/${alertId}/review/confirmation`, {
			json: { verdict: "true" },
		});
		expect(confirmed?.json(), confirmed?.body).toMatchObject({ error: "foreign" });
		expect((await otherAdmin?.("POST", "/api/edges/edge-1/token"))?.json()).toMatchObject({ error: "foreign" });
	});

	it("is refused where it would stand among what is ours, and where its alert was still open", async () => {
		const file = await exported();
		into().edge("edge-1");
		await expect(take(file)).rejects.toThrow(/has an edge edge-1 of its own/);
		here?.parts.store.prepare("UPDATE alerts SET cleared_at = NULL, cleared_by = NULL").run();
		await expect(take(await exported())).rejects.toThrow(/still open when it went out/);
		expect(await readdir(join(into().dataFolder, "evidence")).catch(() => [])).toEqual([]);
	});
});

describe("keepclear import", () => {
	const cli = (...args: string[]) =>
		spawnSync(process.execPath, [...typescriptLoader, commandLine, ...args], { encoding: "utf8" });

	it("verifies first, takes what holds, and says so; check finds nothing broken", async () => {
		const config = join(folder, "server.yaml");
		await writeFile(config, `dataFolder: ${join(folder, "data")}\n`);
		const file = await exported();
		const files = await openPackage(file);
		const contents: [string, Buffer][] = [];
		for (const name of files.names) contents.push([name, (await files.read(name, 1e7)) ?? Buffer.alloc(0)]);
		const changed = join(folder, "changed.zip");
		const flipped = contents.map(([name, bytes]) => {
			if (!name.startsWith("files/")) return contentToZip(name, bytes);
			const other = Buffer.from(bytes);
			other[100] = (other[100] ?? 0) ^ 1;
			return contentToZip(name, other);
		});
		await writeFile(changed, await buffer((await writeZip(flipped)).stream));

		const refused = cli("import", changed, "--config", config);
		expect(refused.status).toBe(1);
		expect(refused.stdout).toMatch(/BROKEN: file: files\/.*\n[\s\S]*is not taken in/);
		const masked = cli("import", await exported(admin, "others", "masked.zip"), "--config", config);
		expect(masked.status).toBe(1);
		expect(masked.stdout).toContain("originals are with the site");
		const taken = cli("import", file, "--config", config);
		expect(taken, taken.stderr).toMatchObject({ status: 0 });
		expect(taken.stdout).toContain(`alert ${alertId} of edge edge-1: 1 files and 1 manifests are taken in`);
		expect(cli("import", file, "--config", config).stdout).toContain("nothing new");
		expect(cli("check", "--config", config)).toMatchObject({ status: 0 });
	});
});
