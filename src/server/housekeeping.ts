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
const deleteEveryMs = 3_600_000;
const keepProbesMs = 10 * 60_000;
const keepCodesMs = 24 * 3_600_000;
const keepUploadsMs = 3 * 24 * 3_600_000;
/** Longer than any outbox waits: a message that comes again after that is applied again, to the same rows. */
const keepAppliedMs = 60 * 24 * 3_600_000;

/** Takes away what nobody needs any more. A failure is said, and tried again the next time. */
export async function keepHouse(
	parts: ServerParts,
	{ removeStaleUploads }: { removeStaleUploads: (before: number) => Promise<void> },
	signal: AbortSignal,
): Promise<void> {
	const { store, now, log } = parts;
	let deletesNextAt = 0;
	while (!signal.aborted) {
		try {
			deleteSessionsThatRanOut(store, now());
			deleteDraftsBefore(store, now() - setUpWithinMs);
			deleteProbesBefore(store, now() - keepProbesMs);
			store.prepare("DELETE FROM applied_messages WHERE applied_at < ?").run(now() - keepAppliedMs);
			deleteCodesBefore(store, now() - keepCodesMs);
			deleteOldExemptStays(store, now());
			findFixedObstacles(parts);
			bringUpToDate(store);
			await readRowsAhead(store, signal);
			await removeStrayMarkings(parts);
			await removeStrayPhotos(parts);
			await removeStrayDrillPhotos(parts);
			await removeStrayPlans(parts);
			await removeStrayPackages(parts);
			await removeStaleUploads(now() - keepUploadsMs);
			if (now() >= deletesNextAt) {
				deletesNextAt = now() + deleteEveryMs;
				await deleteExpired(parts);
				await packLanes(store, signal);
			}
		} catch (error) {
			log.warn({ err: error }, "tidying up failed; it is tried again in a minute");
		}
		await wait(everyMs, signal);
	}
}
