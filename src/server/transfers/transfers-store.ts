import type { ReceiverAnswer, TransfersQuery } from "#contract/transfers-api.ts";
import type { TransferState } from "#core/transfer/transfer-words.ts";
import { inVisibleSites, sitesParameter } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import type { TransferReader } from "./transfer-reader.ts";
import type { TransferFacts } from "./transfer-facts.ts";

/** A file of the package as it was frozen. */
export interface FrozenFile {
	readonly name: string;
	readonly bytes: number;
	readonly sha256: string;
}

export interface TransferRow {
	readonly year: number;
	readonly serial: number;
	readonly number: string;
	readonly alertId: string;
	readonly receiver: ReceiverAnswer;
	readonly note: string | null;
	readonly facts: TransferFacts;
	readonly files: readonly FrozenFile[];
	readonly sumsSha256: string;
	readonly by: string;
	readonly at: number;
	readonly ledgerSeq: number;
	readonly state: TransferState;
	/** What it told of persons was deleted then: facts without plate and evidence, and no package. */
	readonly forgottenAt: number | null;
}

interface Row extends Omit<TransferRow, "receiver" | "facts" | "files"> {
	readonly receiver: string;
	readonly facts: string;
	readonly files: string;
}

const select = `SELECT t.year, t.serial, t.number, t.alert_id AS alertId, t.receiver, t.note, t.facts, t.files,
		t.sums_sha256 AS sumsSha256, u.name AS by, t.made_at AS at, t.ledger_seq AS ledgerSeq, t.state, t.forgotten_at AS forgottenAt
	FROM transfers t JOIN users u ON u.id = t.made_by`;

export function findTransfer(store: Store, number: string): TransferRow | undefined {
	const row = store.prepare<[string], Row>(`${select} WHERE t.number = ?`).get(number);
	return row && rowOf(row);
}

/** Newest first. */
export function transfersOfAlert(store: Store, alertId: string): readonly TransferRow[] {
	return store
		.prepare<[string], Row>(`${select} WHERE t.alert_id = ? ORDER BY t.made_at DESC, t.serial DESC`)
		.all(alertId)
		.map(rowOf);
}

const siteOfTransfer = "(SELECT e.site_id FROM alerts a JOIN edges e ON e.id = a.edge_id WHERE a.id = t.alert_id)";

/** Newest first, one at a time: who filters by what is not in the row reads as many as are wanted. */
export function* eachTransfer(
	store: Store,
	{ state, before, reader }: Pick<TransfersQuery, "state" | "before"> & { readonly reader: TransferReader },
): Generator<TransferRow> {
	const ofState = state !== "all" && state !== "late";
	const conditions = [
		`(${inVisibleSites(siteOfTransfer)} OR json_extract(t.receiver, '$.id') = @receiverId)`,
		...(ofState ? ["t.state = @state"] : []),
		...(before === undefined ? [] : ["t.made_at < @before"]),
	];
	const rows = store
		.prepare<[object], Row>(`${select} WHERE ${conditions.join(" AND ")} ORDER BY t.made_at DESC, t.serial DESC`)
		.iterate({
			...{ sites: sitesParameter(reader.sites), receiverId: reader.receiverId },
			...(ofState ? { state } : {}),
			...(before === undefined ? {} : { before }),
		});
	for (const row of rows) yield rowOf(row);
}

/** Whether it is with an authority that has not returned it. */
export const isOutAtAuthority = (store: Store, alertId: string): boolean =>
	store.prepare("SELECT 1 FROM transfers WHERE alert_id = ? AND state <> 'returned' LIMIT 1").get(alertId) !==
	undefined;

export function lastSerial(store: Store, year: number): number {
	return Number(store.prepare("SELECT coalesce(max(serial), 0) FROM transfers WHERE year = ?").pluck().get(year));
}

export function insertTransfer(
	store: Store,
	row: Omit<TransferRow, "by" | "state" | "forgottenAt"> & { readonly userId: string },
): void {
	store
		.prepare(
			`INSERT INTO transfers (year, serial, number, alert_id, receiver, note, facts, files, sums_sha256, made_by, made_at,
				ledger_seq)
			VALUES (@year, @serial, @number, @alertId, @receiver, @note, @facts, @files, @sumsSha256, @userId, @at, @ledgerSeq)`,
		)
		.run({
			...row,
			receiver: JSON.stringify(row.receiver),
			facts: JSON.stringify(row.facts),
			files: JSON.stringify(row.files),
		});
}

export function setTransferState(store: Store, number: string, state: TransferState): void {
	store.prepare("UPDATE transfers SET state = ? WHERE number = ?").run(state, number);
}

/** With the evidence of their alert: their time is over. */
export function forgetTransfers(store: Store, alertId: string, at: number): void {
	store
		.prepare(
			`UPDATE transfers SET forgotten_at = ?, facts = json_set(facts, '$.plate', NULL, '$.alert.evidenceSet', NULL,
				'$.alert.evidence', json('[]')) WHERE alert_id = ? AND forgotten_at IS NULL`,
		)
		.run(at, alertId);
}

export const forgottenTransfers = (store: Store): readonly string[] =>
	store.prepare<[], string>("SELECT number FROM transfers WHERE forgotten_at IS NOT NULL").pluck().all();

/** What this program wrote itself. */
function rowOf({ receiver, facts, files, ...row }: Row): TransferRow {
	return {
		...row,
		receiver: JSON.parse(receiver) as ReceiverAnswer,
		facts: JSON.parse(facts) as TransferFacts,
		files: JSON.parse(files) as readonly FrozenFile[],
	};
}
