import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import { lawBasisOf } from "#core/evidence/law-basis.ts";
import { markingFile, markingsOfLane } from "../markings/markings-store.ts";
import type { Review } from "../reviews/read-review.ts";
import type { ReviewStepRow } from "../reviews/reviews-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { roadClassOf } from "./read-question.ts";
import type { TransferFacts } from "./transfer-facts.ts";

/** All that a transfer tells, as it stands now. */
export function readTransferFacts(
	{ store, config }: Pick<ServerParts, "store" | "config">,
	alert: AlertAnswer,
	{ confirmation, approval }: Review,
	transfer: { readonly number: string; readonly madeAt: number; readonly receiver: ReceiverAnswer },
): TransferFacts {
	const { number, madeAt, receiver } = transfer;
	const roadClass = roadClassOf(store, alert);
	return {
		...{ number, madeAt, timeZone: config.timeZone, site: { id: alert.siteId, name: config.name }, alert },
		...{ roadClass, lawBasis: lawBasisOf(roadClass), plate: confirmation?.plate ?? null },
		reviews: [...stepOf("confirmed", confirmation), ...stepOf("approved", approval)],
		receiver: { name: receiver.name, kind: receiver.kind },
		markings: markingsOfLane(store, alert.laneId).map(({ id, kind, bytes, sha256, takenAt, storedAt }) => ({
			...{ id, kind, file: markingFile(config.dataFolder, id), bytes, sha256, takenAt, storedAt },
		})),
	};
}

const stepOf = (step: "confirmed" | "approved", row: ReviewStepRow | null) =>
	row ? [{ step, by: row.by, at: row.at, note: row.note }] : [];
