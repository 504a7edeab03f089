import type { EvidenceItemBody, EvidenceSetBody, Mask } from "#contract/evidence-set.ts";
import { worstReading } from "#core/evidence/clock-verdict.ts";
import type { PhotoMask } from "#core/evidence/photo-masks.ts";
import type { Logger } from "#platform/log.ts";
import { Bell } from "../bell.ts";
import { isFinalRefusal, ServerError, type ServerClient } from "../centre/server-client.ts";
import { keepSending } from "../keep-sending.ts";
import { isSetComplete } from "./change-evidence-set.ts";
import type { EvidenceItem, EvidenceSet } from "./evidence-set.ts";
import { tupleOf } from "./photo-stillness.ts";
import { plateBodyOf } from "./plate-plan.ts";
import type { SetKeeper } from "./set-keeper.ts";

const lookEveryMs = 5_000;

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
	readonly keeper: SetKeeper;
	readonly server: Pick<ServerClient, "evidenceSet">;
	readonly log: Logger;
}

/** Tells the server of each alert what it has of evidence and what is missing, until nothing more comes of it. */
export class SetTeller {
	readonly #parts: SetTellerParts;
	readonly #news = new Bell();

	constructor(parts: SetTellerParts) {
		this.#parts = parts;
	}

	/** Something was taken, planned or given up. */
	wake(): void {
		this.#news.ring();
	}

	run(signal: AbortSignal): Promise<void> {
		return keepSending(
			{
				send: () => this.tellAll(signal),
				news: this.#news,
				lookEveryMs,
				onTrouble: (err) => {
					const trouble = (err as Error).message;
					this.#parts.log.warn({ trouble }, "the server cannot be told what evidence there is; trying again");
				},
			},
			signal,
		);
	}

	/** @throws ServerError when the server takes none now */
	async tellAll(signal: AbortSignal): Promise<void> {
		const { keeper, server, log } = this.#parts;
		for (let sets = keeper.toTell(20); sets.length > 0 && !signal.aborted; sets = keeper.toTell(20)) {
			for (const set of sets) {
				try {
					await server.evidenceSet(set.alertId, setBodyOf(set), signal);
				} catch (error) {
					if (!(error instanceof ServerError) || !isFinalRefusal(error)) throw error;
					log.error({ err: error, alertId: set.alertId }, "the server refuses for good to hear what evidence there is");
				}
				keeper.told(set);
			}
		}
	}
}
