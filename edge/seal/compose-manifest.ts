import { canonicalJson } from "#core/evidence/canonical-json.ts";
import { type ChainHead, inManifestOrder, nextLink } from "#core/evidence/manifest-link.ts";
import {
	type ClockReading,
	type EvidenceManifest,
	evidenceManifestSchema,
	manifestFormat,
	type ManifestMediaType,
	roleOfKind,
	sealedNameOf,
} from "#contract/evidence-manifest.ts";
import type { AlertFacts } from "../store/alert-facts.ts";
import type { UploadJob } from "../store/evidence-jobs.ts";

/** A manifest names at most so many files; what is more is sealed by the next one. */
export const mostFilesAManifest = 64;

/** What is the same in every manifest of a run of the edge. */
export interface SealingEdge {
	readonly siteId: string;
	readonly edgeId: string;
	readonly models: EvidenceManifest["models"];
	/** The program's version. */
	readonly program: string;
}

/** The manifest's text, of which the UTF-8 bytes are signed. */
export function composeManifest(
	edge: SealingEdge,
	chain: { readonly keyId: string; readonly chainId: string; readonly head: ChainHead | null },
	facts: AlertFacts,
	files: readonly UploadJob[],
	at: { readonly sealedAt: number; readonly clock: ClockReading },
): string {
	const { keyId, chainId, head } = chain;
	const manifest: EvidenceManifest = {
		format: manifestFormat,
		v: 1,
		...edge,
		keyId,
		chainId,
		...nextLink(head),
		...facts,
		files: [...inManifestOrder(files.map(sealedFileOf))],
		...at,
	};
	// What the server and `verify` would not read must not be signed.
	return canonicalJson(evidenceManifestSchema.parse(manifest));
}

export const mediaTypeOf = (kind: UploadJob["kind"]): ManifestMediaType =>
	kind === "clip" ? "video/mp4" : "image/jpeg";

function sealedFileOf({ id, kind, bytes, sha256, capturedAt }: UploadJob): EvidenceManifest["files"][number] {
	const mediaType = mediaTypeOf(kind);
	return { id, name: sealedNameOf(id, mediaType), role: roleOfKind[kind], mediaType, bytes, sha256, capturedAt };
}
