import type { EdgeRow } from "../edges/edges-store.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";

/** An edge that goes wild must not fill the ledger: what it sends beyond this in a day is in the log alone. */
const mostADay = 100;

/** Each refused text once. */
export function noteRefusedManifest(
	{ store, now }: Pick<ServerParts, "store" | "now">,
	edge: EdgeRow,
	{ chain, sequence }: { readonly chain: string; readonly sequence: number },
	{ word, why, sha256 }: { readonly word: string; readonly why: string; readonly sha256: string },
): void {
	const on = { kind: "manifest", id: `${edge.id}/${chain}/${sequence}` } as const;
	const at = now();
	store.transaction(() => {
		const today = store
			.prepare<[string, number], { onId: string; detail: string }>(
				`SELECT on_id AS onId, detail FROM ledger
				WHERE what = 'manifest_refused' AND who_kind = 'edge' AND who = ? AND at > ?`,
			)
			.all(edge.id, at - 24 * 3_600_000);
		const isTold = today.some(({ onId, detail }) => onId === on.id && detail.includes(sha256));
		if (isTold || today.length >= mostADay) return;
		const who = { kind: "edge", id: edge.id } as const;
		appendToLedger(store, { at, who, what: "manifest_refused", on, why, detail: { word, sha256 } });
	})();
}
