import type { EdgeRow } from "../edges/edges-store.ts";
import { ApiError } from "../http/api-error.ts";
import { appendToLedger, standsInLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { sealsOfEvidence } from "./manifests-store.ts";

/**
 * A file whose manifest came before it must be the one that was sealed.
 * @throws ApiError 422 not_as_sealed, which is recorded and final
 */
export function refuseUnlessAsSealed(
	{ store, now }: Pick<ServerParts, "store" | "now">,
	edge: EdgeRow,
	file: { readonly id: string; readonly alertId: string; readonly bytes: number; readonly sha256: string },
): void {
	const { id, alertId, bytes, sha256 } = file;
	const other = sealsOfEvidence(store, id, edge.id).find((seal) => seal.sha256 !== sha256 || seal.bytes !== bytes);
	if (!other) return;
	const told = { who: { kind: "edge", id: edge.id }, what: "evidence_refused", on: { kind: "evidence", id } } as const;
	store.transaction(() => {
		const at = now();
		if (standsInLedger(store, { ...told, since: at - 24 * 3_600_000 })) return;
		appendToLedger(store, {
			...told,
			at,
			alertId,
			detail: { bytes, sha256, sealedBytes: other.bytes, sealed: other.sha256 },
		});
	})();
	throw new ApiError(422, "not_as_sealed", "The edge sealed other bytes under this name.");
}
