import { lanesOfPlace } from "./cases-store.ts";
import { dueLevels } from "#core/handling/targets.ts";
import { isVerifiedClear } from "#core/handling/verify-clear.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import type { ServerParts } from "../server-parts.ts";
import { insertEntry } from "./entries-store.ts";
import { escalate } from "./escalate.ts";
import { tellCase } from "./handling-actions.ts";
import { lanesSeen, openAlertIds, unverifiedAlertIds } from "./round-store.ts";
import { readHandling } from "./read-handling.ts";
import { targetsOf } from "./targets-store.ts";

type Parts = Pick<ServerParts, "store" | "feed" | "now" | "config">;

const everyMs = 1_000;
/** A case that could not be verified for so long is not looked at any more; a person closes it and says why. */
const verifyWithinMs = 7 * 86_400_000;

/** Escalates and verifies until `signal` ends it. What falls due while the program is away is made up for at its start. */
export function runHandling(parts: Parts & Pick<ServerParts, "log">, signal: AbortSignal): Promise<void> {
	return keepLooking(
		{
			...{ everyMs, restMs: 0 },
			round: async () => {
				escalateDue(parts);
				verifyDue(parts);
			},
			onTrouble: (error) => parts.log.warn({ err: error }, "alerts could not be looked through; it is tried again"),
		},
		signal,
	);
}

/**
 * Each level of each case once: what was told stands in the entries, read in the transaction that adds to them, so a kill
 * loses nothing and repeats nothing.
 */
export function escalateDue(parts: Parts): void {
	const { store, now } = parts;
	const seen = new Set<string>();
	for (const { id, siteId } of openAlertIds(store)) {
		if (seen.has(id)) continue;
		store.transaction(() => {
			const handling = readHandling(store, id);
			if (!handling) return;
			for (const alert of handling.alerts) seen.add(alert.id);
			for (const level of dueLevels(handling.now, targetsOf(store, siteId), now())) {
				escalate(parts, handling, { siteId, level });
			}
		})();
	}
}

/** "The camera saw it clear, and a minute later still": said of every lane of the place, by their edges' own clocks. */
export function verifyDue({ store, feed, now }: Parts): void {
	const at = now();
	for (const id of unverifiedAlertIds(store, at - verifyWithinMs)) {
		store.transaction(() => {
			const handling = readHandling(store, id);
			const [head] = handling?.alerts ?? [];
			if (!handling || !head || handling.now.state !== "cleared" || handling.now.clearedAt === null) return;
			const lanes = lanesSeen(store, lanesOfPlace(store, head.laneId));
			if (!isVerifiedClear(lanes, handling.now.clearedAt)) return;
			const told = lanes.map(({ id: laneId, since, saidAt }) => ({ laneId, since, saidAt }));
			insertEntry(store, { alertId: head.id, kind: "verified", by: null, at, detail: { lanes: told } });
			tellCase(feed, handling, at);
		})();
	}
}
