import type { TFunction } from "i18next";
import type { CallAnswer, CallLane, WayNow } from "#contract/drill-packs-api.ts";
import type { CallState } from "#core/drill/call-state.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { formatRoughly } from "../../time/format-duration.ts";

/** The sign and the colours of the wall: each with its own outline. */
export const signOf = { free: "clear", blocked: "occupied", unknown: "unknown" } as const satisfies Record<
	CallState,
	CallLane["laneState"]
>;

/** Why a lane is not free, in words; null where it is. */
export function reasonWords(t: TFunction<"page">, lane: CallLane, now: number): string | null {
	const { reason, obstruction, unknownReason } = lane;
	if (reason === null) return null;
	if (reason === "occupied") {
		if (!obstruction) return t("call.reason_occupiedBare");
		const time = formatRoughly(now - obstruction.enteredAt, currentLanguage());
		return t("call.reason_occupied", { what: labelWord(t, obstruction.label), time });
	}
	const words = t(`call.reason_${reason}`);
	if (reason !== "not_known" || unknownReason === null) return words;
	return `${t(`reason.${unknownReason as "starting"}`)} · ${words}`;
}

/** As it may be shown: where nothing has been heard for too long, nothing is known. */
export function whatIsKnown(answer: CallAnswer, isStale: boolean): CallAnswer {
	if (!isStale) return answer;
	return {
		...answer,
		ways: answer.ways.map((way) => ({ ...way, state: "unknown" as const })),
		lanes: answer.lanes.map((lane) => ({
			...lane,
			...{ state: "unknown" as const, reason: "not_known" as const, unknownReason: null, clearance: null },
		})),
	};
}

/** Which way in to take; null: none is known to be free. */
export const wayToTake = (ways: readonly WayNow[]): WayNow["way"] | null =>
	ways.find(({ state }) => state === "free")?.way ?? null;
