import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";
import type { EvidenceItemBody } from "#contract/evidence-set.ts";
import { maskedContentsSchema } from "#contract/masked-package.ts";
import { typescriptLoader } from "#platform/child-process.ts";
import { sha256Of } from "#platform/digest.ts";
import { contentToZip, writeZip } from "#platform/zip/write-zip.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { alertId, makeKey, manifestText, mp4Of, sendKey, sendManifest, store } from "../support/sealed.ts";
import { jpegOf } from "../support/evidence.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";
import { evidenceSet, itemOf } from "../support/transfer-facts.ts";

const key = makeKey();
const face: [number, number, number, number] = [0.5, 0.5, 0.6, 0.7];
const idOf = (kind: string) => `${alertId}.${kind}`;
const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

let folder: string;
let server: TestApp;
let [admin, operator]: Inject[] = [];
let content: Map<string, Buffer>;
let photo: Buffer;
let zip: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-masked-"));
	server = await buildTestApp();
	const edge = server.edge("edge-1");
	admin = await server.person("anna", "admin");
	operator = await server.person("otto", "duty_officer");
	const alert = {
		...{ id: alertId, edgeId: "edge-1", laneId: "lane-1", cameraId: "cam-1" },
		raisedAt: 1_795_366_800_000,
	};
	putAlert(server.parts.store, alert);
	await sendKey(edge, key);
	photo = await photoWithFace();
	const contentOf = (kind: EvidenceKind) => (kind === "clip" ? mp4Of(3_000) : kind === "plate" ? jpegOf(2_000) : photo);
	const kinds = ["clip", "panorama_cleared", "panorama_confirmed", "panorama_entry", "plate"] as const;
	const evidence = kinds.map((kind) => ({ ...{ id: idOf(kind), alertId, kind }, content: contentOf(kind) }));
	for (const each of evidence) await store(server, each);
	await sendManifest(edge, key, manifestText(key, { sequence: 1, previous: null }, evidence), 1);

	const item = (kind: EvidenceKind, masks: EvidenceItemBody["masks"]) => ({ ...itemOf(kind), id: idOf(kind), masks });
	const items = [
		item("panorama_entry", [{ kind: "face", box: face }]),
		item("panorama_confirmed", []),
		item("panorama_cleared", null),
		item("plate", []),
	];
	await edge("PUT", `/api/edge/alerts/${alertId}/evidence-set`, { json: { ...evidenceSet, items } });
	const answer = await operator("GET", `/api/alerts/${alertId}/evidence-package?reason=for%20the%20committee`);
	expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
	zip = join(folder, "package.zip");
	await writeFile(zip, answer.rawPayload);
	const files = await openPackage(zip);
	content = new Map();
	for (const name of files.names) content.set(name, (await files.read(name, 1e7)) ?? Buffer.alloc(0));
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true, force: true });
});

async function photoWithFace(): Promise<Buffer> {
	const red = await sharp({ create: { width: 64, height: 72, channels: 3, background: "#f00" } })
		.png()
		.toBuffer();
	return sharp({ create: { width: 640, height: 360, channels: 3, background: "#999" } })
		.composite([{ input: red, left: 320, top: 180 }])
		.jpeg()
		.toBuffer();
}

async function verdictOf(files: ReadonlyMap<string, Buffer>) {
	const made = await writeZip([...files].map(([name, bytes]) => contentToZip(name, bytes)));
	const file = join(folder, "changed.zip");
	await writeFile(file, await buffer(made.stream));
	return verifyPackage(await openPackage(file), key.public);
}

describe("a package for others than the authority", () => {
	it("has masked copies and no original, and says of each original why it is not there", async () => {
		const contents = maskedContentsSchema.parse(JSON.parse(content.get("contents.json")?.toString() ?? ""));
		expect(Object.fromEntries(contents.withheld.map(({ name, why }) => [name.slice(alertId.length + 1), why]))).toEqual(
			{
				...{ "panorama_entry.jpg": "masked", "panorama_confirmed.jpg": "masked" },
				...{ "panorama_cleared.jpg": "nobody_looked", "clip.mp4": "clip", "plate.jpg": "unreadable" },
			},
		);
		expect([...content.keys()].filter((name) => /^(?:files|unsealed|masked)\//.test(name)).sort()).toEqual(
			["panorama_confirmed", "panorama_entry"].map((kind) => `masked/${idOf(kind)}.jpg`),
		);
		const [copy] = contents.masked.filter(({ masks }) => masks.length > 0);
		expect(copy).toMatchObject({ masks: [{ kind: "face", box: face }], originalSha256: sha256Of(photo) });
		const bytes = content.get(copy?.name ?? "") ?? Buffer.alloc(0);
		expect(copy?.sha256).toBe(sha256Of(bytes));
		const { channels } = await sharp(bytes).extract({ left: 300, top: 160, width: 100, height: 110 }).stats();
		expect((channels[0]?.max ?? 0) - (channels[1]?.max ?? 0)).toBeLessThan(12); // no red
	});

	it("verifies as far as it is there, and says what is not", async () => {
		const verdict = await verdictOf(content);
		expect(verdict).toMatchObject({ broken: [], files: 0 });
		expect(verdict.withheld).toHaveLength(5);
		expect(verdict.notes).toEqual(expect.arrayContaining([expect.stringContaining("is a masked copy, not sealed")]));
		const { status, stdout } = spawnSync(process.execPath, [...typescriptLoader, commandLine, "verify", zip], {
			encoding: "utf8",
		});
		expect(status).toBe(0);
		expect(stdout).toContain("holds as far as it is here: 0 files");
		expect(stdout).toContain("WITHOUT 5 ORIGINALS: masked copies are not sealed; originals are with the site");
		expect(content.get("VERIFY.txt")?.toString()).toMatch(/副本未经签名[\s\S]*They are not sealed/);
	});

	it("takes an original that somebody got, and tells one that is not the sealed one", async () => {
		const name = `files/${idOf("panorama_entry")}.jpg`;
		const sums = (files: Map<string, Buffer>, bytes: Buffer) =>
			files.set(name, bytes).set(
				"SHA256SUMS",
				Buffer.from(
					[...files]
						.filter(([each]) => each !== "SHA256SUMS")
						.sort(([a], [b]) => (a < b ? -1 : 1))
						.map(([each, content]) => `${sha256Of(content)}  ${each}\n`)
						.join(""),
				),
			);
		expect(await verdictOf(sums(new Map(content), photo))).toMatchObject({ broken: [], files: 1 });
		const other = await verdictOf(sums(new Map(content), content.get(`masked/${idOf("panorama_entry")}.jpg`) ?? photo));
		expect(other.broken[0]).toMatchObject({ what: "file", name });
	});

	it("does not hold with one byte changed, nor where an original is missing that is said to be another", async () => {
		for (const name of content.keys()) {
			const changed = new Map(content);
			const bytes = Buffer.from(content.get(name) ?? Buffer.alloc(0));
			const at = Math.floor(bytes.length / 2);
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			changed.set(name, bytes);
			expect(
				(await verdictOf(changed)).broken.map((each) => each.name),
				name,
			).toContain(name);
		}
		const lied = new Map(content);
		const contents = content.get("contents.json")?.toString().replaceAll(sha256Of(photo), "0".repeat(64)) ?? "";
		lied.set("contents.json", Buffer.from(contents));
		expect((await verdictOf(lied)).broken).toContainEqual(
			expect.objectContaining({ what: "file", name: `files/${idOf("panorama_entry")}.jpg` }),
		);
	});

	it("is what everybody gets who does not ask for the authority; the originals go out by a supervisor's or administrator's hand", async () => {
		const ask = (who: Inject | undefined, receiver: string) =>
			who?.("GET", `/api/alerts/${alertId}/evidence-package?reason=asked&for=${receiver}`);
		expect((await ask(operator, "authority"))?.json()).toMatchObject({ error: "not_allowed" });
		expect((await ask(operator, "everybody"))?.statusCode).toBe(400);
		const whole = await ask(admin, "authority");
		expect(whole?.rawPayload.includes(photo)).toBe(true);
		const rows = server.parts.store
			.prepare<[], { detail: string }>("SELECT detail FROM ledger WHERE what = 'exported' ORDER BY seq")
			.all()
			.map(({ detail }) => JSON.parse(detail) as object);
		expect(rows).toMatchObject([
			{ for: "others", masked: [{ masks: [] }, { masks: [{ kind: "face" }] }] },
			{ for: "authority" },
		]);
	});
});
