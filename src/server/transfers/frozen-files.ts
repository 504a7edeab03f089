import { createReadStream } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOfFile } from "#platform/digest.ts";
import { renameDurably } from "#platform/write-atomically.ts";
import type { PackedFile } from "../evidence-package/pack-evidence.ts";
import { evidenceFile, makeFolderDurably } from "../evidence/evidence-files.ts";
import { edgeOfAlert } from "../edges/own-ids.ts";
import { evidenceOfAlert } from "../evidence/evidence-store.ts";
import { ApiError } from "../http/api-error.ts";
import type { Store } from "../store/open-store.ts";
import type { FrozenFile, TransferRow } from "./transfers-store.ts";

/** `transfers/<number>/<sha256>`: what was made for one transfer. Evidence itself stays where it is. */
export const transfersFolder = (dataFolder: string) => join(dataFolder, "transfers");
const folderOf = (dataFolder: string, number: string) => join(transfersFolder(dataFolder), number);

export interface PlaceOfFiles {
	readonly store: Store;
	readonly dataFolder: string;
}

/** What is durable after which a kill must leave nothing broken, in this order; `written` and `placed` come for each file. */
export const freezingSteps = ["cleared", "folder made", "written", "placed"] as const;
export type FreezingStep = (typeof freezingSteps)[number];

/**
 * Puts down what the package has beside the evidence, whole and fsynced, before there is a row that tells of it: letters
 * stay as they were sent, whatever a later program would write.
 */
export async function freezeFiles(
	place: PlaceOfFiles,
	{ number, alertId }: Pick<TransferRow, "number" | "alertId">,
	files: readonly PackedFile[],
	afterStep: (step: FreezingStep) => void,
): Promise<readonly FrozenFile[]> {
	const { dataFolder } = place;
	await dropFrozenFiles(dataFolder, number); // of an attempt that was cut off
	afterStep("cleared");
	await makeFolderDurably(dataFolder, "transfers");
	const folder = await makeFolderDurably(transfersFolder(dataFolder), number);
	afterStep("folder made");
	const evidence = evidenceBySha256(place, alertId);
	for (const file of files) {
		if (!evidence.has(file.sha256)) await writeFrozen(join(folder, file.sha256), file, afterStep);
	}
	return files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
}

export const dropFrozenFiles = (dataFolder: string, number: string) =>
	rm(folderOf(dataFolder, number), { recursive: true, force: true });

/** The package as it was frozen, each file held against its hash before any of it goes out. @throws ApiError 409 damaged */
export async function openFrozenFiles(
	place: PlaceOfFiles,
	{ number, alertId, files }: Pick<TransferRow, "number" | "alertId" | "files">,
): Promise<readonly PackedFile[]> {
	const evidence = evidenceBySha256(place, alertId);
	const opened: PackedFile[] = [];
	for (const { name, bytes, sha256 } of files) {
		const file = evidence.get(sha256) ?? join(folderOf(place.dataFolder, number), sha256);
		const found = await digestOfFile(file).catch(() => null);
		if (found?.sha256 !== sha256 || found.bytes !== bytes) {
			throw new ApiError(409, "damaged", `${name} is no longer what was transferred: keepclear check says more.`);
		}
		opened.push({ name, bytes, sha256, open: () => createReadStream(file) });
	}
	return opened;
}

/** What lies frozen for it alone, by the path in the data folder; under two names once, where two are alike. */
export function frozenFilesOf(
	store: Store,
	{ number, alertId, files }: Pick<TransferRow, "number" | "alertId" | "files">,
) {
	const evidence = evidenceBySha256({ store, dataFolder: "" }, alertId);
	const own = new Map(files.filter(({ sha256 }) => !evidence.has(sha256)).map((file) => [file.sha256, file.bytes]));
	return [...own].map(([sha256, bytes]) => ({ name: join(folderOf("", number), sha256), bytes, sha256 }));
}

function evidenceBySha256({ store, dataFolder }: PlaceOfFiles, alertId: string): ReadonlyMap<string, string> {
	const rows = evidenceOfAlert(store, alertId, edgeOfAlert(store, alertId) ?? "");
	return new Map(rows.map(({ id, sha256 }) => [sha256, evidenceFile(dataFolder, { alertId, id })]));
}

async function writeFrozen(
	file: string,
	{ name, sha256, open: read }: PackedFile,
	afterStep: (step: FreezingStep) => void,
): Promise<void> {
	const temporary = `${file}.part`;
	const handle = await open(temporary, "w", 0o600);
	try {
		await writeFile(handle, read());
		await handle.sync();
	} finally {
		await handle.close();
	}
	afterStep("written");
	if ((await digestOfFile(temporary)).sha256 !== sha256) {
		throw new ApiError(409, "damaged", `${name} changed while it was packed.`);
	}
	await renameDurably(temporary, file);
	afterStep("placed");
}
