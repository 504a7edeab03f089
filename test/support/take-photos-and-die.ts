/**
 * Takes what photos are due out of a ring on disk and ends as a power cut does after a step. Arguments: data folder, ring
 * folder, step, instant of now.
 */
import { type PhotoStep } from "../../edge/evidence/photo-maker.ts";
import { openEdgeDisk } from "./edge-records.ts";
import { photoMakerOf } from "./photo-maker-of.ts";
import { openRing } from "./ring-of-clips.ts";

const [dataFolder = "", ringFolder = "", dieAfter = "", now = "0"] = process.argv.slice(2);
const disk = openEdgeDisk(dataFolder);
const maker = photoMakerOf(disk, openRing(ringFolder), {
	afterStep: (step: PhotoStep) => {
		if (step === dieAfter) process.kill(process.pid, "SIGKILL");
	},
});
await maker.makeDue(Number(now));
