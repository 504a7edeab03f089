import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { type EvidenceManifest, roleOfKind } from "#contract/evidence-manifest.ts";
import type { EvidenceItemBody } from "#contract/evidence-set.ts";
import type { TransferAnswer, TransferQuestionAnswer } from "#contract/transfers-api.ts";
import { inManifestOrder } from "#core/evidence/manifest-link.ts";
import { sha256Of } from "#platform/digest.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { showVerdict } from "../../src/cli/verify/show-verdict.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { type ClueWorld, clueKey, putClue, review, setOf, startMarkedWorld } from "../support/clue.ts";
import type { EvidenceToSend } from "../support/evidence.ts";
import { textOfPdf } from "../support/pdf-text.ts";
import { evidenceOf, manifestText, sendManifest } from "../support/sealed.ts";
import type { TestApp } from "../support/server-app.ts";

let server: TestApp;
let world: ClueWorld;
let id = "";
let n = 0;
beforeAll(async () => {
	world = await startMarkedWorld();
	({ server } = world);
});
afterAll(() => server.close());
beforeEach(() => {
	n += 1;
	id = `clue-${n}`;
});

/** One manifest more, of these and of what is here. */
async function seal(of: readonly EvidenceToSend[], here: readonly AlertAnswer["evidence"][number][] = []) {
	const chainId = `chain-more-${id}`;
	const link = { sequence: 1, previous: null };
	const own = JSON.parse(manifestText(clueKey, link, of, { chainId })) as EvidenceManifest;
	const files = here.map(({ id: evidenceId, kind, bytes, sha256, capturedAt }) => ({
		...{ id: evidenceId, name: `${evidenceId}.jpg`, role: roleOfKind[kind], mediaType: "image/jpeg" as const },
		...{ bytes, sha256, capturedAt },
	}));
	const all = [...inManifestOrder([...own.files, ...files])];
	const text = manifestText(clueKey, link, of, { chainId, files: all });
	expect((await sendManifest(world.edge, clueKey, text, 1, chainId)).statusCode).toBe(200);
}

/** The clip was taken, and never came. */
const clip = (): EvidenceItemBody => ({ ...setOf(id).items[0]!, id: `${id}.clip`, kind: "clip" });
const gone = (item: EvidenceItemBody): EvidenceItemBody => ({
	...{ ...item, state: "missing", reason: "given_up" },
	...{ capturedAt: null, widthPx: null, heightPx: null, sha256: null, clock: null },
});
const tell = async (revision: number, ...items: EvidenceItemBody[]) => {
	const json = { ...setOf(id), revision, items: [...setOf(id).items, ...items] };
	expect((await world.edge("PUT", `/api/edge/alerts/${id}/evidence-set`, { json })).statusCode).toBe(204);
};
const missing = async () =>
	(await world.anna("GET", `/api/alerts/${id}/transfer`))
		.json<TransferQuestionAnswer>()
		.missing.map(({ reason }) => reason);
const transferred = async () => {
	const answer = await world.lead("POST", `/api/alerts/${id}/transfer`, { json: { receiver: world.police.id } });
	expect(answer.statusCode, answer.body).toBe(201);
	return answer.json<TransferAnswer>();
};
const packageOf = async ({ number }: TransferAnswer) => {
	const file = join(server.dataFolder, `${number}.out.zip`);
	await writeFile(file, (await world.lead("GET", `/api/transfers/${number}/package`)).rawPayload);
	return openPackage(file);
};

describe("evidence that its edge lost", () => {
	it("bars no transfer once the edge has told it; alert, letter and package say what is absent and why", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		await tell(2, clip());
		expect(await missing()).toEqual(["evidence_not_arrived"]);
		await tell(3, gone(clip()));
		expect(await missing()).toEqual([]);
		const alert = (await world.anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>();
		expect(alert.evidenceSet?.items.at(-1)).toMatchObject({ kind: "clip", state: "missing", reason: "given_up" });
		const opened = await packageOf(await transferred());
		expect((await verifyPackage(opened, null)).broken).toEqual([]);
		const letter = textOfPdf((await opened.read("letter.pdf", 9_000_000))!)
			.join("")
			.replaceAll("\n", "");
		expect(letter).toContain("视频片段：已拍摄，但边缘节点待传证据过多，上传前已删除");
	});

	it("bars none where it alone was sealed by a manifest: the package names its file, and holds", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		await seal([evidenceOf("clip", id)]);
		await tell(2, clip());
		expect(await missing()).toEqual(["evidence_not_arrived"]);
		await tell(3, gone(clip()));
		expect(await missing()).toEqual([]);
		const opened = await packageOf(await transferred());
		expect((await verifyPackage(opened, null)).broken).toEqual([]);
		expect(JSON.parse(String(await opened.read("contents.json", 100_000)))).toMatchObject({
			...{ absent: [{ name: `${id}.clip.mp4`, why: "given_up" }], unsealed: [] },
		});
	});

	it("takes no seal from what was sealed with it: the package holds, and says which file is absent, and why", async () => {
		await putClue(world, id, { seal: false });
		await review(id, world.anna, world.lead);
		const { evidence } = (await world.anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>();
		await seal([evidenceOf("clip", id)], evidence);
		expect(await missing()).toEqual(["evidence_not_arrived"]);
		await tell(2, gone(clip()));
		expect(await missing()).toEqual([]);
		const opened = await packageOf(await transferred());
		const name = `${id}.clip.mp4`;
		const verdict = await verifyPackage(opened, clueKey.public);
		expect(verdict).toMatchObject({ broken: [], absent: [{ name, why: "given_up" }], files: evidence.length });
		expect(showVerdict(verdict)).toMatch(
			new RegExp(`holds as far as it is here: [^]*WITHOUT 1 SEALED FILES [^]*: ${name} \\(given_up\\)`),
		);
		expect(JSON.parse(String(await opened.read("contents.json", 100_000)))).toMatchObject({
			...{ absent: [{ name, sha256: sha256Of(evidenceOf("clip", id).content), why: "given_up" }], unsealed: [] },
		});
		expect(String(await opened.read("VERIFY.txt", 100_000))).toContain("contents.json 的 absent");
	});

	it("and is here under another alert's name is lost all the same; one that is named twice stays one", async () => {
		await putClue(world, id);
		const [item] = setOf(id).items;
		const other = `${id}.other`;
		await putClue(world, other);
		const theirs = setOf(other).items[0]!;
		const twice = [item!, item!, theirs].map(gone);
		const put = (revision: number, items: EvidenceItemBody[]) =>
			world.edge("PUT", `/api/edge/alerts/${id}/evidence-set`, { json: { ...setOf(id), revision, items } });
		expect((await put(2, [item!, item!])).statusCode).toBe(204);
		expect((await put(3, twice)).statusCode).toBe(204);
		const alert = (await world.anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>();
		expect(alert.evidenceSet?.items).toMatchObject([{ state: "taken" }, { state: "taken" }, { state: "missing" }]);
	});

	it("and is here all the same is not lost: what was told of it before stands", async () => {
		await putClue(world, id);
		await review(id, world.anna, world.lead);
		const [first, second] = setOf(id).items;
		const json = { ...setOf(id), revision: 2, items: [first!, { ...gone(second!), reason: "lost" }] };
		await world.edge("PUT", `/api/edge/alerts/${id}/evidence-set`, { json });
		expect(await missing()).toEqual([]);
		const alert = (await world.anna("GET", `/api/alerts/${id}`)).json<AlertAnswer>();
		expect(alert.evidenceSet).toMatchObject({ revision: 2, items: setOf(id).items });
	});
});
