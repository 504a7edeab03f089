import { z } from "zod";

const count = z.number().int().min(0);

/** What an edge does, told with its heartbeat: Prometheus seldom reaches a machine beside the cameras. */
export const edgeFiguresSchema = z.strictObject({
	/** Since the edge was started, Unix ms. Counters begin anew with it. */
	startedAt: count,
	/** Cameras that are watched, and of these those that give pictures. */
	cameras: count,
	camerasOnline: count,
	/** Counters: frames that came, and frames that were looked at. What is too much for the detector is left out. */
	frames: count,
	looks: count,
	/** Pictures that wait for the detector at this moment. */
	waitingLooks: count,
	/** Alert messages that the server has not acknowledged; those that it refused for good. */
	waitingAlerts: count,
	refusedAlerts: count,
	/** Evidence that waits on disk, all states. */
	waitingEvidence: count,
	waitingEvidenceBytes: count,
	/** Where the data folder is; null where nobody can tell. */
	freeBytes: count.nullable(),
	/** Of the program with all that it has started: models, ffmpeg. */
	residentBytes: count,
	cpuMs: count,
});
export type EdgeFigures = z.infer<typeof edgeFiguresSchema>;
