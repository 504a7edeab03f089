/**
 * Looks for plates that are due in a ring on disk and ends as a power cut does after a step. Arguments: data folder, ring
 * folder, step, instant of now.
 */
import { createLog } from "#platform/log.ts";
import type { PlateStep } from "../../edge/evidence/stay-plates.ts";
import { loadPlateModels } from "../../edge/plates/plate-models.ts";
import { createPlateReader } from "../../edge/plates/plate-reader.ts";
import { openEdgeDisk } from "./edge-records.ts";
import { openRing } from "./ring-of-clips.ts";
import { stayPlatesOf } from "./stay-plates-of.ts";

const [dataFolder = "", ringFolder = "", dieAfter = "", now = "0"] = process.argv.slice(2);
const models = await loadPlateModels({ finder: "ppocr-text" });
const reader = await createPlateReader({ models, log: createLog("test", "silent") });
const plates = stayPlatesOf(openEdgeDisk(dataFolder), openRing(ringFolder), reader, {
	afterStep: (step: PlateStep) => {
		if (step === dieAfter) process.kill(process.pid, "SIGKILL");
	},
});
for (;;) await plates.lookDue(Number(now));
