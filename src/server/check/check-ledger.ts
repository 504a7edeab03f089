import { brokenLedgerRow } from "#core/evidence/ledger-chain.ts";
import { sha256Of } from "#platform/digest.ts";
import { eachLedgerRow } from "../ledger/ledger-store.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Each row's hash, each row's place after the one before it, and that what was recorded stands there: rows that were cut
 * off at the end leave a chain that is whole in itself, and evidence that points past its end.
 */
export function* brokenLedger(store: Store): Generator<string> {
	let before: { seq: number; hash: string } | null = null;
	for (const row of eachLedgerRow(store)) {
		const broken = brokenLedgerRow(row, before, sha256Of);
		if (broken) yield `ledger row ${row.seq}: ${broken}`;
		before = row;
	}
	yield* unrecorded(store);
	yield* vanished(store);
}

/** What the ledger says is there, and is not; what was deleted for a reason was recorded too. */
function* vanished(store: Store): Generator<string> {
	const gone = store.prepare<[], { kind: string; id: string }>(
		`SELECT l.on_kind AS kind, l.on_id AS id FROM ledger l WHERE
			((l.what = 'evidence_stored' AND l.on_id NOT IN (SELECT id FROM evidence))
			OR (l.what = 'manifest_accepted'
				AND l.on_id NOT IN (SELECT edge_id || '/' || chain_id || '/' || sequence FROM manifests)))
			AND NOT EXISTS (SELECT 1 FROM ledger d WHERE d.on_kind = l.on_kind AND d.on_id = l.on_id AND d.what = 'deleted'
				AND d.seq > l.seq)`,
	);
	for (const { kind, id } of gone.iterate())
		yield `${kind} ${id}: the ledger says that it was taken in, and it is not there`;
}

function* unrecorded(store: Store): Generator<string> {
	const evidence = store.prepare<[], { id: string }>(
		`SELECT e.id FROM evidence e LEFT JOIN ledger l ON l.seq = e.ledger_seq
		WHERE e.ledger_seq IS NOT NULL
			AND (l.seq IS NULL OR l.what <> 'evidence_stored' OR l.on_kind <> 'evidence' OR l.on_id <> e.id)`,
	);
	for (const { id } of evidence.iterate()) yield `evidence ${id}: the ledger does not say that it was stored`;
	const manifests = store.prepare<[], { name: string }>(
		`SELECT m.edge_id || '/' || m.chain_id || '/' || m.sequence AS name FROM manifests m
		LEFT JOIN ledger l ON l.seq = m.ledger_seq
		WHERE l.seq IS NULL OR l.what <> 'manifest_accepted'
			OR l.on_id <> m.edge_id || '/' || m.chain_id || '/' || m.sequence`,
	);
	for (const { name } of manifests.iterate()) yield `manifest ${name}: the ledger does not say that it was accepted`;
}
