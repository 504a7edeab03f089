import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import {
	contentsName,
	originalsName,
	packageFolders,
	packageFormat,
	sumsName,
	writeSums,
} from "#contract/evidence-package.ts";
import { digestOfFile } from "#platform/digest.ts";
import { clueOf } from "../documents/viid-json.ts";
import { writeComposite } from "../documents/write-composite.ts";
import { writeLetter } from "../documents/write-letter.ts";
import { absentFilesOf } from "../evidence-package/absent-files.ts";
import { packContent, type PackedEvidence, type PackedFile, packEvidence } from "../evidence-package/pack-evidence.ts";
import { recordOf } from "../evidence-package/record-of.ts";
import { verifyText } from "../evidence-package/verify-text.ts";
import { edgeOfAlert } from "../edges/own-ids.ts";
import { ApiError } from "../http/api-error.ts";
import type { ServerParts } from "../server-parts.ts";
import type { TransferFacts } from "../transfers/transfer-facts.ts";
import { howToVerifyText } from "./how-to-verify-text.ts";
import { originalsOf } from "./originals.ts";

/** Makes the files of a transfer's package, SHA256SUMS among them, of its facts and the evidence on the disk. */
export type ComposePackage = (
	parts: Pick<ServerParts, "store" | "config">,
	facts: TransferFacts,
) => Promise<readonly PackedFile[]>;

/**
 * 线索移交包: the evidence that the facts name, with the letter, the lane's marking and the clue for programs; a package
 * that `keepclear verify` takes. The same facts and the same program give the same bytes: what came after them stays out,
 * nothing in it is of now. Writes nothing, neither files nor rows.
 *
 * @throws ApiError 409 not_sealed, damaged; evidence_gone where some of what the facts name is no longer there
 */
export async function composeTransferPackage(
	{ store, config }: Pick<ServerParts, "store" | "config">,
	facts: TransferFacts,
): Promise<readonly PackedFile[]> {
	const { alert, madeAt } = facts;
	const edgeId = edgeOfAlert(store, alert.id) ?? "";
	const asOf = { evidenceIds: new Set(alert.evidence.map(({ id }) => id)), until: madeAt };
	const packed = await packEvidence(store, config.dataFolder, { id: alert.id, edgeId }, asOf);
	const nameOf = namesOf(facts, packed);
	const markings = await packMarkings(facts);
	const originals = originalsOf(facts, packed);
	const list = packContent(originalsName, writeSums(originals));
	const photos = await photosOf(facts, [...packed.files, ...markings], nameOf);
	const letter = await writeLetter({ facts, photos, originals, listOfOriginals: list });
	const files = [
		packContent("letter.pdf", letter),
		packContent("composite.jpg", await writeComposite(facts, photos)),
		...packed.files,
		...markings,
		packJson("clue.json", clueOf(facts, nameOf)),
		packJson(contentsName, contentsOf(facts, packed)),
		list,
		packContent("HOW-TO-VERIFY.txt", howToVerifyText(facts)),
		packContent("VERIFY.txt", verifyText(packed)),
	];
	return [...files, packContent(sumsName, writeSums(files))];
}

/** Every piece that the facts name must be there, as it was. */
function namesOf({ alert }: TransferFacts, { files }: PackedEvidence): (id: string) => string | null {
	const names = new Map(
		alert.evidence.map(({ id, sha256 }) => {
			const isOf = (name: string) => /^(?:files|unsealed)\/(.+)\.[^.]+$/.exec(name)?.[1] === id;
			const file = files.find(({ name }) => isOf(name));
			if (file?.sha256 !== sha256) {
				throw new ApiError(409, "evidence_gone", `Evidence ${id} is no longer what it was when this was approved.`);
			}
			return [id, file.name] as const;
		}),
	);
	return (id) => names.get(id) ?? null;
}

function packMarkings({ markings }: TransferFacts): Promise<readonly PackedFile[]> {
	return Promise.all(
		markings.map(async ({ id, file, bytes, sha256 }): Promise<PackedFile> => {
			const found = await digestOfFile(file).catch(() => null);
			if (found?.sha256 !== sha256 || found.bytes !== bytes) {
				throw new ApiError(409, "damaged", `The photo ${id} of the lane's marking is not what was stored.`);
			}
			return { name: `${packageFolders.markings}${id}.jpg`, bytes, sha256, open: () => createReadStream(file) };
		}),
	);
}

/** Those that the letter may show; clips are none. */
async function photosOf(
	{ alert, markings }: TransferFacts,
	files: readonly PackedFile[],
	nameOf: (id: string) => string | null,
) {
	const evidence = alert.evidence
		.filter(({ contentType, kind }) => contentType === "image/jpeg" && kind !== "overlay")
		.map(({ id }) => ({ id, name: nameOf(id) }));
	const wanted = [...evidence, ...markings.map(({ id }) => ({ id, name: `${packageFolders.markings}${id}.jpg` }))];
	const photos: { id: string; bytes: Buffer }[] = [];
	for (const { id, name } of wanted) {
		const file = files.find((each) => each.name === name);
		if (file) photos.push({ id, bytes: await buffer(file.open()) });
	}
	return photos;
}

/** For people and programs that want to know what they hold. What counts is signed, in the manifests. */
function contentsOf({ number, madeAt, receiver, alert }: TransferFacts, packed: PackedEvidence) {
	const { id, siteId, laneId, laneName, cameraId, cameraName } = alert;
	return {
		format: packageFormat,
		v: 1,
		alert: { id, siteId, laneId, laneName, cameraId, cameraName },
		transfer: { number, madeAt: new Date(madeAt).toISOString(), receiver },
		manifests: packed.manifests.map(({ name }) => `${name}.json`),
		absent: absentFilesOf(packed, alert.evidenceSet),
		unsealed: packed.unsealed,
		record: recordOf(alert),
	};
}

const packJson = (name: string, value: object) => packContent(name, `${JSON.stringify(value, null, "\t")}\n`);
