import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packedManifestName } from "#contract/evidence-package.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import { sha256Of } from "#platform/digest.ts";
import { contentToZip, writeZip } from "#platform/zip/write-zip.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { requireAlert } from "../../src/server/alerts/alerts-actions.ts";
import { clueSchema } from "../../src/server/documents/viid-json.ts";
import { evidenceFile } from "../../src/server/evidence/evidence-files.ts";
import { composeTransferPackage } from "../../src/server/transfer-package/compose-package.ts";
import type { TransferFacts } from "../../src/server/transfers/transfer-facts.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import { alertId, makeKey, manifestText, mp4Of, sendKey, sendManifest, store } from "../support/sealed.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { facts as otherFacts } from "../support/transfer-facts.ts";

const photoOf = (colour: string) =>
	sharp({ create: { width: 640, height: 360, channels: 3, background: colour } })
		.jpeg()
		.toBuffer();

const key = makeKey();
let folder: string;
let server: TestApp;
let facts: TransferFacts;
let content: Map<string, Buffer>;
let cleared: Buffer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-transfer-"));
	server = await buildTestApp();
	const edge = server.edge("edge-1");
	const raisedAt = 1_795_366_800_000;
	putAlert(server.parts.store, { ...{ id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1" }, raisedAt });
	await sendKey(edge, key);
	const evidence = await Promise.all(
		(["clip", "panorama_confirmed", "panorama_entry", "plate"] as const).map(async (kind, i) => ({
			...{ id: `${alertId}.${kind}`, alertId, kind: kind as EvidenceKind },
			content: kind === "clip" ? mp4Of(3_000) : await photoOf(`#${i}${i}8`),
		})),
	);
	for (const each of evidence) await store(server, each);
	const first = manifestText(key, { sequence: 1, previous: null }, evidence);
	await sendManifest(edge, key, first, 1);

	const marking = join(folder, "marking.jpg");
	const bytes = await photoOf("#dd2");
	await writeFile(marking, bytes);
	server.clock.now += 60_000;
	facts = {
		...otherFacts,
		madeAt: server.clock.now,
		alert: { ...requireAlert(server.parts.store, alertId), evidenceSet: null },
		markings: [
			{
				...{ id: "marking-1", kind: "marking", file: marking, bytes: bytes.length, sha256: sha256Of(bytes) },
				...{ takenAt: null, storedAt: 1_795_000_000_000 },
			},
		],
	};
	content = await composed();

	// What comes after the approval.
	server.clock.now += 60_000;
	cleared = await photoOf("#0a0");
	const late = {
		...{ id: `${alertId}.panorama_cleared`, alertId, kind: "panorama_cleared" as const },
		content: cleared,
	};
	await store(server, late);
	await sendManifest(edge, key, manifestText(key, { sequence: 2, previous: sha256Of(first) }, [late]), 2);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true, force: true });
});

async function composed(changed: Partial<TransferFacts> = {}): Promise<Map<string, Buffer>> {
	const files = await composeTransferPackage(server.parts, { ...facts, ...changed });
	const read = new Map<string, Buffer>();
	for (const { name, open } of files) read.set(name, await buffer(open()));
	return read;
}

async function verdictOf(files: ReadonlyMap<string, Buffer>) {
	const zip = await writeZip([...files].map(([name, bytes]) => contentToZip(name, bytes)));
	const file = join(folder, "package.zip");
	await writeFile(file, await buffer(zip.stream));
	return verifyPackage(await openPackage(file), key.public);
}

describe("a transfer package", () => {
	it("has letter, clue, originals, marking, key and instructions, and holds by the edge's key", async () => {
		const manifest = packedManifestName({ chainId: "chain-1", sequence: 1 });
		expect([...content.keys()].sort()).toEqual(
			[
				...[
					"letter.pdf",
					"composite.jpg",
					"clue.json",
					"contents.json",
					"ORIGINALS.sha256",
					"SHA256SUMS",
					"VERIFY.txt",
				],
				...["HOW-TO-VERIFY.txt", `keys/${key.public.id}.pem`, "markings/marking-1.jpg"],
				...[`${manifest}.json`, `${manifest}.sig`],
				...["panorama_entry", "panorama_confirmed", "plate"].map((kind) => `files/${alertId}.${kind}.jpg`),
				`files/${alertId}.clip.mp4`,
			].sort(),
		);
		expect(await verdictOf(content)).toMatchObject({ broken: [], notes: [], files: 4 });
	});

	it("has in its letter the hash of the list of originals, and each original's; its clue names files that are there", () => {
		const text = textOfPdf(content.get("letter.pdf") ?? Buffer.alloc(0))
			.join("")
			.replaceAll("\n", "");
		const list = content.get("ORIGINALS.sha256") ?? Buffer.alloc(0);
		expect(text).toContain(sha256Of(list));
		for (const line of list.toString().trim().split("\n")) expect(text).toContain(line.slice(0, 64));
		const clue = clueSchema.parse(JSON.parse(content.get("clue.json")?.toString() ?? ""));
		for (const { StoragePath, FileHash } of clue.ImageListObject.Image)
			expect(sha256Of(content.get(StoragePath) ?? "")).toBe(FileHash);
		expect(content.get("HOW-TO-VERIFY.txt")?.toString()).toMatch(/怎样核验[\s\S]*how to verify it/);
	});

	it("with one byte changed in any kind of file does not hold, and that file is named first", async () => {
		for (const name of content.keys()) {
			const changed = new Map(content);
			const bytes = Buffer.from(content.get(name) ?? Buffer.alloc(0));
			const at = Math.floor(bytes.length / 2);
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			changed.set(name, bytes);
			expect((await verdictOf(changed)).broken[0], name).toMatchObject({ name });
		}
	});

	it("is the same to the byte later on, whatever came since, and another for other facts", async () => {
		const again = await composed();
		expect([...again.keys()]).toEqual([...content.keys()]);
		for (const [name, bytes] of content) expect(again.get(name)?.equals(bytes), name).toBe(true);
		const other = await composed({ number: "XS-2026-000018" });
		expect(other.get("SHA256SUMS")?.equals(content.get("SHA256SUMS") ?? Buffer.alloc(0))).toBe(false);
		const alert = { ...requireAlert(server.parts.store, alertId), evidenceSet: null };
		const later = await composed({ alert, madeAt: server.clock.now });
		expect(later.has(`files/${alertId}.panorama_cleared.jpg`)).toBe(true);
		expect(await verdictOf(later)).toMatchObject({ broken: [], files: 5 });
	});

	it("is not made of evidence that is gone or was changed, nor of a marking that was", async () => {
		const code = (changed: Partial<TransferFacts>) =>
			composed(changed).then(
				() => "made",
				(error: { answer?: { error: string } }) => error.answer?.error,
			);
		const [first] = facts.alert.evidence;
		if (!first) throw new Error("no evidence");
		const with_ = (evidence: typeof facts.alert.evidence) => ({ alert: { ...facts.alert, evidence } });
		expect(await code(with_([...facts.alert.evidence, { ...first, id: "gone" }]))).toBe("evidence_gone");
		expect(await code(with_([{ ...first, sha256: "0".repeat(64) }]))).toMatch(/evidence_gone|not_sealed/);
		const [marking] = facts.markings;
		if (!marking) throw new Error("no marking");
		expect(await code({ markings: [{ ...marking, sha256: "0".repeat(64) }] })).toBe("damaged");
		expect(await code({ markings: [{ ...marking, file: join(folder, "none.jpg") }] })).toBe("damaged");
		const file = evidenceFile(server.dataFolder, { alertId, id: `${alertId}.plate` });
		await writeFile(file, Buffer.from("other"));
		expect(await code({})).toBe("damaged");
	});
});
