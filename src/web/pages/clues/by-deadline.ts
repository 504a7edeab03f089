import type { TransferAnswer } from "#contract/transfers-api.ts";
import { nextClockOf } from "../transfers/clock-list.tsx";

/** What runs out first on top; what waits for nothing at the end, newest first. */
export function byDeadline(transfers: readonly TransferAnswer[]): readonly TransferAnswer[] {
	const due = (transfer: TransferAnswer) => nextClockOf(transfer)?.dueAt ?? Number.POSITIVE_INFINITY;
	return transfers.toSorted((a, b) => (due(a) === due(b) ? b.at - a.at : due(a) - due(b)));
}
