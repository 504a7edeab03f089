/**
 * A program: an edge's disk on which too much waits, killed by SIGKILL at a step of giving the clip up. Arguments: data
 * folder, step (`row_gone`: in the transaction, before the set is changed; `told_off`: after it, before the file goes).
 */
import { createLog } from "#platform/log.ts";
import { EvidenceUploader } from "../../edge/evidence/evidence-uploader.ts";
import { openEdgeDisk } from "./edge-records.ts";

const [dataFolder = "", step = ""] = process.argv.slice(2);
const die = () => process.kill(process.pid, "SIGKILL");
const disk = openEdgeDisk(dataFolder);
if (step === "row_gone") disk.allSets.put = die;
if (step === "told_off") disk.folder.remove = async () => void die();
const { jobs, sets, folder } = disk;
const target = { serverUrl: "http://127.0.0.1:9", token: "" };
const log = createLog("test", "silent");
await new EvidenceUploader({ jobs, sets, folder, target, maxBytes: 10_000, log }).keepWithinLimit();
