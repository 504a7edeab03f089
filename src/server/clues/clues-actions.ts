import { randomUUID } from "node:crypto";
import type { ClueAnswer, ClueSearchAnswer, ClueSearchBody, ClueVerificationAnswer } from "#contract/clues-api.ts";
import { sha256Of } from "#platform/digest.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError } from "../http/api-error.ts";
import { viewedAnewAfterMs } from "../ledger/ledger-actions.ts";
import { appendToLedger, standsInLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { openFrozenFiles } from "../transfers/frozen-files.ts";
import { requireTransfer, transferAnswerOf } from "../transfers/transfer-answers.ts";
import { transferReaderOf } from "../transfers/transfer-reader.ts";
import { eachTransfer } from "../transfers/transfers-store.ts";

type Parts = Pick<ServerParts, "store" | "config" | "now">;

/** A clue as it was frozen. Who looks at it is written down, once an hour. @throws ApiError 404; 410 deleted */
export function readClue(parts: Parts, number: string, person: SignedIn): ClueAnswer {
	const { store, now } = parts;
	const row = requireTransfer(store, number);
	if (row.forgottenAt !== null) {
		throw new ApiError(410, "deleted", "Its evidence was deleted, since its time is over; what it led to is kept.");
	}
	const viewing = {
		who: { kind: "user", id: person.user.id },
		what: "viewed",
		on: { kind: "transfer", id: number },
	} as const;
	store.transaction(() => {
		const at = now();
		if (standsInLedger(store, { ...viewing, since: at - viewedAnewAfterMs })) return;
		appendToLedger(store, { ...viewing, at, alertId: row.alertId });
	})();
	const { site, alert, roadClass, lawBasis, plate, reviews } = row.facts;
	return {
		transfer: transferAnswerOf(parts, row),
		siteName: site.name,
		...{ alert, roadClass, law: lawBasis.text },
		plate: plate && { text: plate.text, colour: plate.colour },
		reviews: [...reviews],
	};
}

/** Holds every file against its frozen hash: takes as long as reading them does. @throws ApiError 404 */
export async function verifyClue({ store, config, now }: Parts, number: string): Promise<ClueVerificationAnswer> {
	const row = requireTransfer(store, number);
	const answer = { files: row.files.length, checkedAt: now() };
	try {
		await openFrozenFiles({ store, dataFolder: config.dataFolder }, row);
		return { ...answer, holds: true, damaged: null };
	} catch (error) {
		if (!(error instanceof ApiError) || error.answer.error !== "damaged") throw error;
		return { ...answer, holds: false, damaged: error.answer.message };
	}
}

/**
 * Clues about one plate among those that the person may see. The search and its reason stand in the ledger before there is
 * an answer; the plate itself does not, only a salted hash, so that the ledger can be kept when plates are deleted.
 */
export function searchClues(parts: Parts, { plate, reason }: ClueSearchBody, person: SignedIn): ClueSearchAnswer {
	const { store, now } = parts;
	const salt = randomUUID();
	store.transaction(() =>
		appendToLedger(store, {
			...{ at: now(), who: { kind: "user", id: person.user.id }, what: "searched", why: reason },
			on: { kind: "plate", id: sha256Of(`${salt}${plate}`) },
			detail: { salt, province: plate.slice(0, 1) },
		}),
	)();
	const found = [...eachTransfer(store, { state: "all", before: undefined, reader: transferReaderOf(person) })];
	return {
		plate,
		transfers: found.filter(({ facts }) => facts.plate?.text === plate).map((row) => transferAnswerOf(parts, row)),
	};
}
