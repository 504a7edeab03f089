import { createLog, type Logger } from "#platform/log.ts";
import { CameraRecords, type CameraRecordsParts } from "../../edge/camera-records.ts";
import { DiskWatch } from "../../edge/evidence/disk-watch.ts";
import { EvidenceFolder } from "../../edge/evidence/evidence-folder.ts";
import { SetKeeper } from "../../edge/evidence/set-keeper.ts";
import { StillKeeper } from "../../edge/evidence/still-keeper.ts";
import { AlertFactsStore } from "../../edge/store/alert-facts.ts";
import { CameraStates } from "../../edge/store/camera-states.ts";
import { DurableWrites } from "../../edge/store/durable-writes.ts";
import { EntryStills } from "../../edge/store/entry-stills.ts";
import { EvidenceJobs } from "../../edge/store/evidence-jobs.ts";
import { EvidenceSets } from "../../edge/store/evidence-sets.ts";
import { ExemptStays } from "../../edge/store/exempt-stays.ts";
import { edgeEvidenceFolder, type EdgeStore, openEdgeStore } from "../../edge/store/open-edge-store.ts";
import { SteadyOutbox } from "../../edge/store/steady-outbox.ts";
import { SteadyStates } from "../../edge/store/steady-states.ts";

export interface EdgeDisk extends CameraRecordsParts {
	readonly store: EdgeStore;
	readonly outbox: SteadyOutbox;
	readonly disk: DiskWatch;
	readonly allSets: EvidenceSets;
	recordsOf(cameraId: string): CameraRecords;
}

/** The durable half of an edge in `dataFolder`: real SQLite, real files, no camera and no network. */
export function openEdgeDisk(dataFolder: string, log: Logger = createLog("test", "silent")): EdgeDisk {
	const store = openEdgeStore(dataFolder, log);
	const writes = new DurableWrites({ store, log });
	const folder = new EvidenceFolder(edgeEvidenceFolder(dataFolder));
	const disk = new DiskWatch({ folder: dataFolder, minFreeBytes: 0, log });
	const states = new CameraStates(store, log);
	const jobs = new EvidenceJobs(store);
	const allSets = new EvidenceSets(store);
	const parts = {
		store,
		writes,
		disk,
		folder,
		states,
		// A test that plays hours in seconds has one look waiting for the next.
		steadyStates: new SteadyStates({ writes, states, restPerCommit: 0 }),
		outbox: new SteadyOutbox(store, writes),
		entries: new EntryStills(store),
		jobs,
		allSets,
		sets: new SetKeeper({ store, sets: allSets, jobs, placeOf: () => null }),
		facts: new AlertFactsStore(store),
		exempt: new ExemptStays(store),
		stills: new StillKeeper({ folder, disk, log }),
		onEvidence: () => undefined,
	};
	return { ...parts, recordsOf: (cameraId) => new CameraRecords(cameraId, parts) };
}
