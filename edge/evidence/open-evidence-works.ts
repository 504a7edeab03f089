import { join } from "node:path";
import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import type { KnownPlate } from "#core/plates/known-plate.ts";
import type { Logger } from "#platform/log.ts";
import type { CameraRecordsParts } from "../camera-records.ts";
import type { ServerClient } from "../centre/server-client.ts";
import type { ClockWatch } from "../clock/clock-watch.ts";
import type { EdgeConfig } from "../config.ts";
import type { OnnxDetector } from "../detect/onnx-detector.ts";
import { plateReading } from "../plates/plate-reading.ts";
import { SeenAround } from "../plates/seen-around.ts";
import type { SealingEdge } from "../seal/compose-manifest.ts";
import { openSealWorks } from "../seal/open-seal-works.ts";
import { AlertFactsStore } from "../store/alert-facts.ts";
import { EvidenceJobs } from "../store/evidence-jobs.ts";
import { EvidenceSets } from "../store/evidence-sets.ts";
import { ExemptStays } from "../store/exempt-stays.ts";
import { edgeEvidenceFolder, type EdgeStore } from "../store/open-edge-store.ts";
import { ClipMaker } from "./clip-maker.ts";
import type { DiskWatch } from "./disk-watch.ts";
import { EvidenceFolder } from "./evidence-folder.ts";
import { EvidenceUploader } from "./evidence-uploader.ts";
import { tellerOfExemptStays } from "./exempt-teller.ts";
import type { Overlaid } from "./overlay.ts";
import { PhotoMaker } from "./photo-maker.ts";
import { PhotoMasks } from "./photo-masks.ts";
import { Places } from "./places.ts";
import { Rings } from "./rings.ts";
import { SetKeeper } from "./set-keeper.ts";
import { tellerOfSets } from "./set-teller.ts";
import { StandingBoxes } from "./standing-boxes.ts";
import { StayPlates } from "./stay-plates.ts";
import { StillKeeper } from "./still-keeper.ts";

export interface EvidenceWorksParts {
	readonly config: EdgeConfig;
	readonly store: EdgeStore;
	readonly server: ServerClient;
	readonly detector: OnnxDetector;
	readonly clock: ClockWatch;
	readonly disk: DiskWatch;
	/** Who seals; the models that read plates are added. */
	readonly edge: EdgeAddress & Pick<SealingEdge, "models" | "program">;
	/** The rules are to know the plate of what stands there. */
	readonly knowPlate: (cameraId: string, alertId: string, plate: KnownPlate) => Promise<boolean>;
	readonly log: Logger;
}

/** All that is kept of an alert beside its messages: rings, photos, clips, plates, seals, and how they come to the server. */
export interface EvidenceWorks {
	readonly rings: Rings;
	readonly jobs: EvidenceJobs;
	/** What a camera's records are made durable with. */
	readonly records: Pick<CameraRecordsParts, "jobs" | "sets" | "facts" | "exempt" | "folder" | "stills" | "onEvidence">;
	adopt(config: EdgeConfigAnswer): void;
	observe(cameraId: string, seen: Overlaid): void;
	forget(cameraId: string): void;
	/** Removes what a crash left half-made. */
	sweep(): Promise<void>;
	readonly run: readonly ((signal: AbortSignal) => Promise<void>)[];
	close(): Promise<void>;
}

export async function openEvidenceWorks(parts: EvidenceWorksParts): Promise<EvidenceWorks> {
	const { config, store, server, detector, disk, log } = parts;
	const facts = new AlertFactsStore(store);
	const jobs = new EvidenceJobs(store);
	const sets = new EvidenceSets(store);
	const exempt = new ExemptStays(store);
	const folder = new EvidenceFolder(edgeEvidenceFolder(config.dataFolder));
	const rings = new Rings({ folder: join(config.dataFolder, "rings"), ...config.ring, log });
	const places = new Places();
	const boxes = new StandingBoxes();
	const around = new SeenAround();
	const clock = () => parts.clock.reading;
	const ringOf = (cameraId: string) => rings.of(cameraId);

	const plates = await plateReading({ isWanted: config.readPlates, log });
	const sealing = await openSealWorks({
		...{ dataFolder: config.dataFolder, store, facts, folder, server, clock, log },
		edge: { ...parts.edge, models: [...parts.edge.models, ...plates.models] },
		onSealed: () => uploader.wake(),
	});
	const onEvidence = () => {
		sealing?.wake();
		setTeller.wake();
		exemptTeller.wake();
		uploader.wake();
	};
	const keeper = new SetKeeper({ store, sets, jobs, placeOf: (cameraId, zoneId) => places.of(cameraId, zoneId) });
	const uploader = new EvidenceUploader({
		...{ jobs, sets: keeper, folder, maxBytes: config.evidence.maxBytes, onlySealed: sealing !== null, log },
		target: {
			...{ serverUrl: config.server.url, token: config.server.token },
			get ca() {
				return config.server.ca;
			},
		},
	});
	const setTeller = tellerOfSets({ keeper, server, log });
	const exemptTeller = tellerOfExemptStays({ stays: exempt, server, log });

	const takenFromRings = { ringOf, clock, ringKeepMs: config.ring.keepMs, jobs, folder, disk, log };
	const clips = new ClipMaker({ ...takenFromRings, sets: keeper, onClip: onEvidence });
	const photos = new PhotoMaker({
		...{ ...takenFromRings, sets, keeper, onPhoto: onEvidence },
		boxAt: (cameraId, at, place) => boxes.nearest(cameraId, at, place),
	});
	const lookedAtLater = { ringOf, sets, keeper, folder, openReader: plates.openReader, onNews: onEvidence, log };
	const stayPlates = new StayPlates({
		...{ ...lookedAtLater, disk, clock },
		seenAt: (cameraId, at) => around.nextTo(cameraId, at),
		knowPlate: ({ cameraId, alertId }, plate) => parts.knowPlate(cameraId, alertId, plate),
	});
	const masks = new PhotoMasks({ ...lookedAtLater, detector: detector.forCamera("photos of alerts") });

	return {
		...{ rings, jobs },
		records: { jobs, sets: keeper, facts, exempt, folder, stills: new StillKeeper({ folder, disk, log }), onEvidence },
		adopt: (next) => places.adopt(next),
		observe(cameraId, seen) {
			boxes.note(cameraId, seen);
			around.note(cameraId, seen);
		},
		forget(cameraId) {
			rings.remove(cameraId);
			boxes.forget(cameraId);
			around.forget(cameraId);
		},
		// A database in memory knows nothing of what waits on disk for a start that can read of it again.
		sweep: async () => (store.memory ? undefined : sweep(folder, jobs, log)),
		run: [
			...[clips, photos, stayPlates, masks, setTeller, exemptTeller, uploader].map(
				(each) => (signal: AbortSignal) => each.run(signal),
			),
			...(sealing?.run ?? []),
		],
		close: () => plates.close(),
	};
}

/** A folder that cannot be read is the disk watch's to tell. */
async function sweep(folder: EvidenceFolder, jobs: EvidenceJobs, log: Logger): Promise<void> {
	try {
		const files = await folder.sweep(jobs.files());
		if (files > 0) log.info({ files }, "what was left half-made of evidence was removed");
	} catch (err) {
		log.warn({ err }, "the evidence folder could not be swept");
	}
}
