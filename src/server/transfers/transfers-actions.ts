import type { EntryBody, TransferAnswer } from "#contract/transfers-api.ts";
import { dayAt } from "#core/calendar/days.ts";
import { transferState } from "#core/transfer/transfer-state.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { PackedFile } from "../evidence-package/pack-evidence.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { entriesOf, insertEntry } from "./entries-store.ts";
import { openFrozenFiles } from "./frozen-files.ts";
import { requireTransfer, transferAnswerOf } from "./transfer-answers.ts";
import { setTransferState, type TransferRow } from "./transfers-store.ts";

/**
 * What the receiver let us know; one that was wrong is corrected by another, never changed.
 * @throws ApiError 400 for a day that cannot be, or an entry that is not there; 404; 409 already_said where it is corrected
 */
export function addEntry(parts: ServerParts, number: string, body: EntryBody, { user }: SignedIn): TransferAnswer {
	const { store, feed, config, now } = parts;
	return store.transaction(() => {
		const row = requireTransfer(store, number);
		const at = now();
		refuseWrongDay(body, dayAt(config.timeZone, row.at), dayAt(config.timeZone, at));
		refuseWrongCorrection(body, entriesOf(store, number));
		const ledgerSeq = appendToLedger(store, {
			...{ at, who: { kind: "user", id: user.id }, what: "transfer_entry", on: { kind: "transfer", id: number } },
			...{ alertId: row.alertId, detail: { ...body } },
		});
		insertEntry(store, { ...body, number, userId: user.id, at, ledgerSeq });
		setTransferState(store, number, transferState(entriesOf(store, number)));
		feed.append("alert", row.alertId, at);
		return transferAnswerOf(parts, requireTransfer(store, number));
	})();
}

/** Recorded before its first byte goes out. @throws ApiError 404; 409 damaged; 410 deleted */
export async function exportTransfer(
	{ store, config, now }: ServerParts,
	number: string,
	{ user }: SignedIn,
): Promise<{ readonly row: TransferRow; readonly files: readonly PackedFile[] }> {
	const row = requireTransfer(store, number);
	if (row.forgottenAt !== null) {
		throw new ApiError(
			410,
			"deleted",
			"Its evidence was deleted, since its time is over; the receiver has the package.",
		);
	}
	const files = await openFrozenFiles({ store, dataFolder: config.dataFolder }, row);
	store.transaction(() =>
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: user.id }, what: "exported", on: { kind: "transfer", id: number } },
			...{ alertId: row.alertId, why: `线索移交：${row.receiver.name}`, detail: { number, sums: row.sumsSha256 } },
		}),
	)();
	return { row, files };
}

function refuseWrongDay({ on }: EntryBody, transferredOn: string, today: string): void {
	if (on < transferredOn) throw badInput({ path: "on", message: `may not be before ${transferredOn}, when it left` });
	if (on > today) throw badInput({ path: "on", message: `may not be after ${today}, which is today` });
}

function refuseWrongCorrection({ corrects }: EntryBody, entries: TransferAnswer["entries"]): void {
	if (corrects === null) return;
	const wrong = entries.find(({ id }) => id === corrects);
	if (!wrong || wrong.kind === "withdrawn") {
		throw badInput({ path: "corrects", message: "there is no such entry of this transfer" });
	}
	const first = entries.find(({ id }) => id === wrong.correctedBy);
	if (!first) return;
	const { by, at } = first;
	throw new ApiError(409, "already_said", "Somebody corrected it already.", { first: { by, at } });
}
