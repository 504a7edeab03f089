import { createReadStream } from "node:fs";
import { packageFolders, packedManifestName } from "#contract/evidence-package.ts";
import { digestOfFile, sha256Of } from "#platform/digest.ts";
import { contentToZip, type FileToZip } from "#platform/zip/write-zip.ts";
import { evidenceFile } from "../evidence/evidence-files.ts";
import { evidenceOfAlert, type EvidenceRow, findEvidence } from "../evidence/evidence-store.ts";
import { ApiError } from "../http/api-error.ts";
import { findKey } from "../seals/edge-keys-store.ts";
import { filesOfManifest, type ManifestFileRow, type ManifestRow, manifestsOfAlert } from "../seals/manifests-store.ts";
import type { Store } from "../store/open-store.ts";

/** A file of a package, ready to be written, with its hash for the list of all. */
export interface PackedFile extends FileToZip {
	readonly sha256: string;
}

export interface PackedEvidence {
	readonly files: readonly PackedFile[];
	readonly manifests: readonly { readonly name: string; readonly keyId: string }[];
	/** Sealed files that have not come, were lost, or were deleted. A manifest that names no others stays out with them. */
	readonly absent: readonly Pick<ManifestFileRow, "evidenceId" | "name" | "sha256">[];
	readonly unsealed: readonly string[];
}

/** What was there at some moment, so that what comes later changes nothing. */
export interface AsOf {
	/** Nothing else is packed. */
	readonly evidenceIds: ReadonlySet<string>;
	/** Manifests that came later stay out; ms. */
	readonly until: number;
}

/**
 * Everything that is there of an alert, each file read and held against what was sealed before it goes anywhere.
 * @throws ApiError 409 not_sealed, damaged
 */
export async function packEvidence(
	store: Store,
	dataFolder: string,
	{ id, edgeId }: { readonly id: string; readonly edgeId: string },
	asOf: AsOf | null = null,
): Promise<PackedEvidence> {
	const all = manifestsOfAlert(store, id, edgeId)
		.filter(({ receivedAt }) => asOf === null || receivedAt <= asOf.until)
		.map((row) => ({ row, names: filesOfManifest(store, row) }));
	const isThere = (evidenceId: string) =>
		(asOf === null || asOf.evidenceIds.has(evidenceId)) && findEvidence(store, evidenceId) !== undefined;
	// One of which nothing is here proves nothing.
	const proving = all.filter(({ names }) => names.some(({ evidenceId }) => isThere(evidenceId)));
	if (proving.length === 0) throw new ApiError(409, "not_sealed", "Nothing of this alert is sealed and here.");
	const sealed = new Map(proving.flatMap(({ names }) => names).map((file) => [file.evidenceId, file]));
	const rows = evidenceOfAlert(store, id, edgeId)
		.filter((row) => isThere(row.id))
		.map((row): EvidenceRow => ({ ...row, alertId: id, edgeId }));
	const packed: PackedFile[] = [];
	for (const row of rows) packed.push(await packFile(dataFolder, row, sealed.get(row.id)));
	return {
		files: [...packed, ...proving.flatMap(({ row }) => packManifest(row)), ...packKeys(store, proving)],
		manifests: proving.map(({ row }) => ({ name: packedManifestName(row), keyId: row.keyId })),
		absent: all.flatMap(({ names }) => names.filter((file) => !isThere(file.evidenceId))),
		unsealed: rows.filter((row) => !sealed.has(row.id)).map((row) => row.id),
	};
}

async function packFile(
	dataFolder: string,
	row: EvidenceRow,
	sealed: ManifestFileRow | undefined,
): Promise<PackedFile> {
	const file = evidenceFile(dataFolder, row);
	const ending = row.contentType === "video/mp4" ? "mp4" : "jpg";
	const name = sealed ? packageFolders.files + sealed.name : `${packageFolders.unsealed}${row.id}.${ending}`;
	const found = await digestOfFile(file);
	if (found.sha256 !== row.sha256 || found.bytes !== row.bytes) {
		throw new ApiError(
			409,
			"damaged",
			`The file of evidence ${row.id} is not what was stored: keepclear check says more.`,
		);
	}
	return { name, ...found, open: () => createReadStream(file) };
}

function packManifest(row: ManifestRow): readonly PackedFile[] {
	const name = packedManifestName(row);
	return [packContent(`${name}.json`, row.text), packContent(`${name}.sig`, row.signature)];
}

function packKeys(store: Store, manifests: readonly { readonly row: ManifestRow }[]): readonly PackedFile[] {
	const keys = new Map(manifests.map(({ row }) => [row.keyId, findKey(store, row.edgeId, row.keyId)?.publicKey ?? ""]));
	return [...keys].map(([keyId, pem]) => packContent(`${packageFolders.keys}${keyId}.pem`, pem));
}

export function packContent(name: string, content: string | Uint8Array): PackedFile {
	const bytes = Buffer.from(content);
	return { ...contentToZip(name, bytes), sha256: sha256Of(bytes) };
}
