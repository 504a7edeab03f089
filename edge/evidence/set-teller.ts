import type { EvidenceItemBody, EvidenceSetBody, Mask } from "#contract/evidence-set.ts";
import { worstReading } from "#core/evidence/clock-verdict.ts";
import type { PhotoMask } from "#core/evidence/photo-masks.ts";
import type { Logger } from "#platform/log.ts";
import type { ServerClient } from "../centre/server-client.ts";
import { Teller } from "../centre/teller.ts";
import { isSetComplete } from "./change-evidence-set.ts";
import type { EvidenceItem, EvidenceSet } from "./evidence-set.ts";
import { tupleOf } from "./photo-stillness.ts";
import { plateBodyOf } from "./plate-plan.ts";
import type { SetKeeper } from "./set-keeper.ts";

/** What the server is told of a set. */
export function setBodyOf(set: EvidenceSet): EvidenceSetBody {
	const { revision, cameraId, zoneId, confirmAt, items, stillness, place } = set;
	return {
		...{ v: 1, revision, cameraId, laneId: zoneId, enteredAt: Math.round(set.enteredAt) },
		confirmAt: confirmAt === null ? null : Math.round(confirmAt),
		items: items.map(itemBodyOf),
		...{ stillness, place, plate: plateBodyOf(set) },
		clock: worstReading(items.flatMap(({ taken }) => taken?.clock ?? [])),
		complete: isSetComplete(set),
	};
}

function itemBodyOf({ id, kind, state, reason, fromAt, taken, masks }: EvidenceItem): EvidenceItemBody {
	return {
		...{ id, kind, state, reason, wantedAt: Math.max(0, Math.round(fromAt)) },
		capturedAt: taken?.capturedAt ?? null,
		widthPx: taken?.widthPx ?? null,
		heightPx: taken?.heightPx ?? null,
		sha256: taken?.sha256 ?? null,
		clock: taken?.clock ?? null,
		overlay: taken?.overlay ? { ...taken.overlay, lines: [...taken.overlay.lines] } : null,
		masks: masks ? maskBodies(masks) : null,
	};
}

/** A ten-thousandth of the picture is no part of it that anybody could see. */
function maskBodies(masks: readonly PhotoMask[]): Mask[] {
	return masks
		.map(({ kind, box }) => ({ kind, box: tupleOf(box) }))
		.filter(({ box: [x1, y1, x2, y2] }) => x1 < x2 && y1 < y2);
}

export interface SetTellerParts {
	readonly keeper: Pick<SetKeeper, "toTell" | "told">;
	readonly server: Pick<ServerClient, "evidenceSet">;
	readonly log: Logger;
}

/** Tells the server of each alert what it has of evidence and what is missing, until nothing more comes of it. */
export const tellerOfSets = ({ keeper, server, log }: SetTellerParts) =>
	new Teller({
		due: (limit) => keeper.toTell(limit),
		tell: (set, signal) => server.evidenceSet(set.alertId, setBodyOf(set), signal),
		told: (set) => keeper.told(set),
		nameOf: ({ alertId }) => ({ alertId }),
		onTrouble: "the server cannot be told what evidence there is; trying again",
		onRefusal: "the server refuses for good to hear what evidence there is",
		log,
	});
