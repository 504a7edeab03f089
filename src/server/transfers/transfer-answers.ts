import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { TransferAnswer, TransferQuestionAnswer, TransfersQuery } from "#contract/transfers-api.ts";
import { yearsOf } from "#core/calendar/working-days.ts";
import { maskPlate } from "#core/plates/plate-text.ts";
import { policeClocks } from "#core/transfer/police-clocks.ts";
import { transferRefusals } from "#core/transfer/refusals.ts";
import { receiverKindOf } from "#core/transfer/transfer-words.ts";
import { notFound } from "../http/api-error.ts";
import { listReceivers } from "../receivers/receivers-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { entriesOf } from "./entries-store.ts";
import { readTransferQuestion } from "./read-question.ts";
import { refusalSentences } from "./refusal-sentences.ts";
import type { TransferReader } from "./transfer-reader.ts";
import { eachTransfer, findTransfer, type TransferRow, transfersOfAlert } from "./transfers-store.ts";

type AnswerParts = Pick<ServerParts, "store" | "config" | "now">;

export function transferAnswerOf({ store, config, now }: AnswerParts, row: TransferRow): TransferAnswer {
	const { number, alertId, receiver, note, facts, files, sumsSha256, by, at, state } = row;
	const { siteId, laneId, laneName, cause, enteredAt } = facts.alert;
	const { timeZone, workCalendar: calendar } = config;
	const entries = entriesOf(store, number);
	const history = { receiverKind: receiver.kind, transferredAt: at, entries };
	return {
		...{
			number,
			alertId,
			siteId,
			laneId,
			laneName,
			cause,
			enteredAt,
			receiver,
			note,
			by,
			at,
			state,
			sumsSha256,
			entries,
		},
		maskedPlate: facts.plate && maskPlate(facts.plate.text),
		isDeleted: row.forgottenAt !== null,
		files: files.length,
		clocks: [...policeClocks(history, { now: now(), timeZone, calendar })],
		holidaysOf: [...yearsOf(calendar)],
	};
}

/** What stands in the way, to whom it could go, and where it went. */
export function transferQuestionOf(parts: AnswerParts, alert: AlertAnswer): TransferQuestionAnswer {
	const { store } = parts;
	const { question } = readTransferQuestion(store, alert, null);
	const receiverKind = receiverKindOf[question.roadClass];
	return {
		...{ alertId: alert.id, laneId: alert.laneId, cameraId: alert.cameraId, receiverKind },
		missing: transferRefusals(question).map((reason) => ({ reason, message: refusalSentences[reason] })),
		receivers: listReceivers(store).filter(({ kind }) => kind === receiverKind),
		transfers: transfersOfAlert(store, alert.id).map((row) => transferAnswerOf(parts, row)),
	};
}

/** Newest first. `late`: one of its clocks ran out, and what it waits for has not come. */
export function listTransfers(
	parts: AnswerParts,
	query: TransfersQuery,
	reader: TransferReader,
): { transfers: TransferAnswer[]; more: boolean } {
	const transfers: TransferAnswer[] = [];
	for (const row of eachTransfer(parts.store, { ...query, reader })) {
		const transfer = transferAnswerOf(parts, row);
		if (query.state === "late" && !isLate(transfer)) continue;
		if (transfers.length === query.limit) return { transfers, more: true };
		transfers.push(transfer);
	}
	return { transfers, more: false };
}

const isLate = ({ clocks }: TransferAnswer) => clocks.some(({ state, keptOn }) => state === "late" && keptOn === null);

/** @throws ApiError 404 */
export function requireTransfer(store: Store, number: string): TransferRow {
	const row = findTransfer(store, number);
	if (!row) throw notFound("transfer");
	return row;
}
