import { drillPhotoFile, listDrillPhotos } from "../drills/drill-photos-store.ts";
import { listEvidence } from "../evidence/evidence-store.ts";
import { evidenceFile } from "../evidence/evidence-files.ts";
import { listPhotos, photoFile } from "../guard/photos-store.ts";
import { listMarkings, markingFile } from "../markings/markings-store.ts";
import { listPlanFiles, planFile } from "../plans/plans-store.ts";
import type { Store } from "../store/open-store.ts";
import { frozenFilesOf } from "../transfers/frozen-files.ts";
import { everyTransfer } from "../transfers/transfer-reader.ts";
import { eachTransfer } from "../transfers/transfers-store.ts";

/** A file that a row speaks of: it must lie in the data folder just so. */
export interface PromisedFile {
	/** Its path in the data folder. */
	readonly name: string;
	readonly bytes: number;
	readonly sha256: string;
}

/** All of them. What else lies in the data folder is made anew by itself, or is on its way. */
export function* promisedFiles(store: Store): Generator<PromisedFile> {
	yield* storedFiles(store);
	for (const transfer of eachTransfer(store, { state: "all", reader: everyTransfer }))
		if (transfer.forgottenAt === null) yield* frozenFilesOf(store, transfer);
}

/** Those that came in one by one, each under an id of its own. */
export function* storedFiles(store: Store): Generator<PromisedFile> {
	for (const row of listEvidence(store)) yield { ...row, name: evidenceFile("", row) };
	for (const row of listMarkings(store)) yield { ...row, name: markingFile("", row.id) };
	for (const row of listPhotos(store)) yield { ...row, name: photoFile("", row.id) };
	for (const row of listDrillPhotos(store)) yield { ...row, name: drillPhotoFile("", row.id) };
	for (const row of listPlanFiles(store)) yield { ...row, name: planFile("", row.pictureId) };
}
