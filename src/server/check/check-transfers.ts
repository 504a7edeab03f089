import { transferState } from "#core/transfer/transfer-state.ts";
import { ApiError } from "../http/api-error.ts";
import type { Store } from "../store/open-store.ts";
import { entriesOf } from "../transfers/entries-store.ts";
import { openFrozenFiles } from "../transfers/frozen-files.ts";
import { everyTransfer } from "../transfers/transfer-reader.ts";
import { eachTransfer } from "../transfers/transfers-store.ts";

/** Each transfer has its files as they were frozen, its place in the ledger, and the state that its entries come to. */
export async function* brokenTransfers(store: Store, dataFolder: string): AsyncGenerator<string> {
	const recorded = store.prepare("SELECT detail ->> 'sums' FROM ledger WHERE seq = ? AND what = 'transferred'").pluck();
	const nextByYear = new Map<number, number>();
	for (const row of [...eachTransfer(store, { state: "all", reader: everyTransfer })].sort(
		(a, b) => a.year - b.year || a.serial - b.serial,
	)) {
		const { number, year, serial, sumsSha256, ledgerSeq, state } = row;
		if (serial !== (nextByYear.get(year) ?? 1)) yield `transfer ${number}: a number before it is missing`;
		nextByYear.set(year, serial + 1);
		if (recorded.get(ledgerSeq) !== sumsSha256) yield `transfer ${number}: the ledger does not say that it was made`;
		if (transferState(entriesOf(store, number)) !== state)
			yield `transfer ${number}: its entries do not come to ${state}`;
		if (row.forgottenAt !== null) continue;
		try {
			await openFrozenFiles({ store, dataFolder }, row);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			yield `transfer ${number}: ${error.message.split(":", 1)[0]}`;
		}
	}
}
