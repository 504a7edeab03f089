import type { Confinement } from "./confined-child.ts";

const GiB = 2 ** 30;
const pipesAlone = { fileBytes: 0, needsNetwork: false, needsFiles: false };
const readsFiles = { ...pipesAlone, needsFiles: true };

/**
 * What ffmpeg is started for, and what it may use for that. Memory is address space: a 4K picture with all that a decoder
 * keeps beside it takes some 0.6 GiB of it, an 8K one 1.6.
 */
export const ffmpegJobs = {
	/** A camera's session: frames and a copy of the stream, by pipes. The network is for our own relay, and for UDP. */
	camera: { ...pipesAlone, memoryBytes: 2 * GiB, needsNetwork: true },
	/** One picture of a camera. */
	probe: { ...pipesAlone, memoryBytes: 2 * GiB, cpuS: 60, needsNetwork: true },
	/** A stream made anew for who watches. */
	live: { ...pipesAlone, memoryBytes: 2 * GiB, nice: 19 },
	/** One picture of a file, or what kind of video it is. */
	look: { ...readsFiles, memoryBytes: 2 * GiB, cpuS: 60 },
	/** A recording of half a minute that is to be said by a loudspeaker. */
	sound: { ...readsFiles, memoryBytes: GiB, cpuS: 20 },
	/** All frames of a recording, which may have hours. */
	recording: { ...readsFiles, memoryBytes: 4 * GiB },
	/** Segments joined to a clip, without decoding. */
	clip: { ...readsFiles, memoryBytes: 2 * GiB, cpuS: 120, fileBytes: 4 * GiB },
	/** A clip made anew for browsers. */
	transcode: { ...readsFiles, memoryBytes: 2 * GiB, cpuS: 3_600, fileBytes: 4 * GiB, nice: 10 },
	/** A video of our own pictures, by as many threads as there are cores. */
	writing: { ...readsFiles, memoryBytes: 4 * GiB, fileBytes: 64 * GiB },
	/** What it is, and what it can do. */
	question: { ...readsFiles, memoryBytes: GiB, cpuS: 20 },
} as const satisfies Record<string, Confinement>;
export type FfmpegJob = keyof typeof ffmpegJobs;
