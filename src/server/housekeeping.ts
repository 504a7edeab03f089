import { setUpWithinMs } from "#core/accounts/second-factor.ts";
import { wait } from "#platform/wait.ts";
import { deleteDraftsBefore } from "./accounts/factors-store.ts";
import { deleteSessionsThatRanOut } from "./accounts/sessions-store.ts";
import { removeStrayDrillPhotos } from "./drills/drill-photos-actions.ts";
import { deleteCodesBefore } from "./enrolment/enrolment-store.ts";
import { deleteOldExemptStays } from "./exempt-stays/exempt-stays-store.ts";
import { packLanes } from "./history/lane-packs.ts";
import { readRowsAhead } from "./history/lane-rows.ts";
import { bringUpToDate } from "./history/made-rows.ts";
import { removeStrayPhotos } from "./guard/photos-actions.ts";
import { removeStrayMarkings } from "./markings/stray-markings.ts";
import { removeStrayPlans } from "./plans/stray-plans.ts";
import { findFixedObstacles } from "./policy/fixed-obstacles.ts";
import { deleteProbesBefore } from "./probes/probes-store.ts";
import { deleteExpired } from "./retention/delete-expired.ts";
import type { ServerParts } from "./server-parts.ts";
import { removeStrayPackages } from "./transfers/stray-packages.ts";

const everyMs = 60_000;
const hourMs = 3_600_000;
const keepProbesMs = 10 * 60_000;
const keepCodesMs = 24 * 3_600_000;
const keepUploadsMs = 3 * 24 * 3_600_000;
/** Longer than any outbox waits: a message that comes again after that is applied again, to the same rows. */
const keepAppliedMs = 60 * 24 * 3_600_000;

/** Takes away what nobody needs any more. A failure is said, and tried again the next time. */
export async function keepHouse(parts: ServerParts, uploads: Uploads, signal: AbortSignal): Promise<void> {
	const tidyUp = housekeeper(parts, uploads);
	while (!signal.aborted) {
		await tidyUp(signal);
		await wait(everyMs, signal);
	}
}

interface Uploads {
	readonly removeStaleUploads: (before: number) => Promise<void>;
}

type Step = (signal: AbortSignal) => unknown;

/**
 * One round: each step by itself, so that none that fails keeps the others from their turn.
 *
 * @param steadyNow monotonic ms: what is due once an hour waits for no clock that was a year ahead
 */
export function housekeeper(
	parts: ServerParts,
	uploads: Uploads,
	steadyNow: () => number = () => performance.now(),
): (signal: AbortSignal) => Promise<void> {
	const hourlyNextAt = new Map<Step, number>();
	const always = everyRound(parts, uploads);
	const hourly: readonly Step[] = [() => deleteExpired(parts), (signal) => packLanes(parts.store, signal)];

	async function isDone(step: Step, signal: AbortSignal): Promise<boolean> {
		try {
			await step(signal);
			return true;
		} catch (error) {
			parts.log.warn({ err: error }, "tidying up failed; it is tried again in a minute");
			return false;
		}
	}

	return async (signal) => {
		for (const step of always) await isDone(step, signal);
		for (const step of hourly) {
			if (steadyNow() < (hourlyNextAt.get(step) ?? 0)) continue;
			if (await isDone(step, signal)) hourlyNextAt.set(step, steadyNow() + hourMs);
		}
	};
}

function everyRound(parts: ServerParts, { removeStaleUploads }: Uploads): readonly Step[] {
	const { store, now } = parts;
	return [
		() => deleteSessionsThatRanOut(store, now()),
		() => deleteDraftsBefore(store, now() - setUpWithinMs),
		() => deleteProbesBefore(store, now() - keepProbesMs),
		() => store.prepare("DELETE FROM applied_messages WHERE applied_at < ?").run(now() - keepAppliedMs),
		() => deleteCodesBefore(store, now() - keepCodesMs),
		() => deleteOldExemptStays(store, now()),
		() => findFixedObstacles(parts),
		() => bringUpToDate(store),
		(signal) => readRowsAhead(store, signal),
		() => removeStrayMarkings(parts),
		() => removeStrayPhotos(parts),
		() => removeStrayDrillPhotos(parts),
		() => removeStrayPlans(parts),
		() => removeStrayPackages(parts),
		() => removeStaleUploads(now() - keepUploadsMs),
	];
}
