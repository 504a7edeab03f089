import type { AlertAnswer } from "#contract/alerts-api.ts";
import { sumsName } from "#contract/evidence-package.ts";
import type { ReceiverAnswer, TransferBody } from "#contract/transfers-api.ts";
import { dayAt } from "#core/calendar/days.ts";
import { transferRefusals } from "#core/transfer/refusals.ts";
import { transferNumber } from "#core/transfer/transfer-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { insertEntry as insertHandling } from "../handling/entries-store.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { findReceiver } from "../receivers/receivers-store.ts";
import type { Review } from "../reviews/read-review.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import type { ComposePackage } from "../transfer-package/compose-package.ts";
import { dropFrozenFiles, freezeFiles, freezingSteps } from "./frozen-files.ts";
import { readTransferFacts } from "./read-facts.ts";
import { readTransferQuestion } from "./read-question.ts";
import { refusalSentences } from "./refusal-sentences.ts";
import { findTransfer, insertTransfer, lastSerial, type TransferRow } from "./transfers-store.ts";

export const transferSteps = [...freezingSteps, "frozen", "recorded"] as const;
export type TransferStep = (typeof transferSteps)[number];

/**
 * Hands a clue over: number, facts and package are frozen, and the ledger says to whom, why, and the hash of every file.
 * Its files lie whole on the disk before there is a row. To be called in turn: the number stands in the letter, so it must
 * be known before the row that takes it.
 *
 * @throws ApiError 400 for a receiver that is not there; 404; 409 not_transferable with every reason, and what the package says
 */
export async function makeTransfer(
	parts: ServerParts,
	compose: ComposePackage,
	alertId: string,
	{ receiver: receiverId, note }: TransferBody,
	{ user }: Pick<SignedIn, "user">,
	afterStep: (step: TransferStep) => void = () => {},
): Promise<TransferRow> {
	const { store, feed, config, now } = parts;
	const { alert, receiver, review } = requireTransferable(store, alertId, receiverId);
	const madeAt = now();
	const { year, serial, number } = nextNumber(store, madeAt, config.timeZone);
	const facts = readTransferFacts(parts, alert, review, { number, madeAt, receiver });
	const place = { store, dataFolder: config.dataFolder };
	try {
		const packed = await compose(parts, facts);
		const sums = packed.find(({ name }) => name === sumsName);
		if (!sums) throw new Error(`a package without ${sumsName}`);
		const files = await freezeFiles(place, { number, alertId }, packed, afterStep);
		afterStep("frozen");
		store.transaction(() => {
			refuseChanged(review, requireTransferable(store, alertId, receiverId).review);
			const ledgerSeq = appendToLedger(store, {
				...{
					at: madeAt,
					who: { kind: "user", id: user.id },
					what: "transferred",
					on: { kind: "transfer", id: number },
				},
				...{ alertId, why: note ?? `线索移交：${receiver.name}` },
				detail: {
					...{ number, receiver: { id: receiver.id, name: receiver.name, kind: receiver.kind } },
					...{ files: files.map(({ name, sha256 }) => ({ name, sha256 })), sums: sums.sha256 },
				},
			});
			const row = { year, serial, number, alertId, receiver, note, facts, files, sumsSha256: sums.sha256 };
			insertTransfer(store, { ...row, userId: user.id, at: madeAt, ledgerSeq });
			insertHandling(store, { alertId, kind: "transferred", by: null, at: madeAt, detail: { number } });
			feed.append("alert", alertId, madeAt);
		})();
		afterStep("recorded");
	} catch (error) {
		await dropFrozenFiles(config.dataFolder, number);
		throw error;
	}
	const made = findTransfer(store, number);
	if (!made) throw new Error(`${number} is not there`);
	return made;
}

function requireTransferable(
	store: Store,
	alertId: string,
	receiverId: string,
): { readonly alert: AlertAnswer; readonly receiver: ReceiverAnswer; readonly review: Review } {
	const alert = requireAlert(store, alertId);
	const receiver = findReceiver(store, receiverId);
	if (!receiver) throw badInput({ path: "receiver", message: "there is no such receiver" });
	const { question, review } = readTransferQuestion(store, alert, receiver.kind);
	const problems = transferRefusals(question).map((path) => ({ path, message: refusalSentences[path] }));
	if (problems.length > 0) throw new ApiError(409, "not_transferable", "It cannot be transferred.", { problems });
	return { alert, receiver, review };
}

/** Somebody took a step back and made it anew while the package was made. */
function refuseChanged(before: Review, after: Review): void {
	if (before.confirmation?.id === after.confirmation?.id && before.approval?.id === after.approval?.id) return;
	throw new ApiError(409, "changed", "The review has changed since; look at it again.");
}

function nextNumber(store: Store, at: number, timeZone: string): Pick<TransferRow, "year" | "serial" | "number"> {
	const year = Number(dayAt(timeZone, at).slice(0, 4));
	const serial = lastSerial(store, year) + 1;
	return { year, serial, number: transferNumber(year, serial) };
}
