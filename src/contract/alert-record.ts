import { z } from "zod";
import { alertAnswer } from "./alerts-api.ts";

/**
 * What `contents.json` of a package with originals tells of its alert, under `record`: enough to be taken into another
 * Keepclear (`keepclear import`). What people here said of it stays here.
 */
export const alertRecordSchema = alertAnswer.pick({
	...{ id: true, laneId: true, siteId: true, cameraId: true, enteredAt: true, raisedAt: true, clearedAt: true },
	...{ clearedBy: true, cause: true, label: true, confidence: true, box: true, outline: true, clearance: true },
	...{ evidence: true, evidenceSet: true },
});

/** What is read of `contents.json` by who takes a package in. */
export const recordedContentsSchema = z.object({ record: alertRecordSchema });

export type AlertRecord = z.infer<typeof alertRecordSchema>;
