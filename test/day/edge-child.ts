/**
 * An edge with one camera that plays a planned day, as fast as it can, with the real pipeline, records and store. Meant to
 * be killed. Arguments: plan file, data folder, second of the day from which it watches. Says on a line each what it does:
 * `loaded LAST_FRAME_AT`, `begun SECOND`, `kept SECOND LAST_FRAME_AT BLIND_MS LOOKED_AT` once the look is on disk, `done`
 * at the day's end. Far from kills and gaps it says little, for that takes as long as the look.
 */
import { readFileSync } from "node:fs";
import { laneStates } from "#core/camera.ts";
import { CameraPipeline } from "../../edge/camera-pipeline.ts";
import { openEdgeDisk } from "../support/edge-records.ts";
import { DayCamera, dayScene } from "./day-camera.ts";
import type { DayPlan } from "./plan-day.ts";

const [planFile = "", dataFolder = "", fromSecond = "0"] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, "utf8")) as DayPlan;
const camera = new DayCamera(plan);
const disk = openEdgeDisk(dataFolder);
await disk.folder.sweep(disk.jobs.files());
const records = disk.recordsOf("cam-1");

const say = (...words: readonly (string | number)[]) => process.stdout.write(`${words.join(" ")}\n`);
const beginAt = Number(fromSecond) * 1_000;
const saved = records.load(beginAt);
say("loaded", saved?.lastFrameAt ?? -1);
const pipeline = new CameraPipeline({ scene: dayScene, detector: camera.detector, ...(saved ? { saved } : {}) });
// As CameraWatch begins: what an earlier run left behind goes on, by the zones of now.
const begun = [...pipeline.adoptScene(dayScene, beginAt), ...pipeline.blind(beginAt, "starting")];
await records.record(pipeline.state, begun, null, beginAt);

const moments = [...plan.kills.map(({ at }) => at), ...plan.gaps.flatMap(({ fromAt, toAt }) => [fromAt, toAt])];
const isTalkative = (second: number) =>
	second % 600 === 0 ||
	second < Number(fromSecond) + 60 ||
	moments.some((at) => Math.abs(second * 1_000 - at) < 90_000);

let lost = false;
for (let second = Number(fromSecond); second * 1_000 < plan.lastsMs; second++) {
	const at = camera.instantOf(second);
	const talks = isTalkative(second);
	if (talks) say("begun", second);
	const isLost = camera.isLost(at);
	const frame = isLost ? null : camera.frameAt(at);
	const events = frame ? await pipeline.take(frame) : passes(at, !lost);
	lost = isLost;
	await records.record(pipeline.state, events, frame, at);
	const { lastFrameAt, lookedAt } = pipeline.state;
	const blindMs = laneStates(pipeline.state)[0]?.blindMs ?? 0;
	if (talks) say("kept", second, lastFrameAt ?? -1, blindMs, lookedAt ?? -1);
}
records.save(pipeline.state, plan.lastsMs);
disk.store.close();
say("done");

/** A second without a picture. */
function passes(at: number, isFirst: boolean) {
	const gap = plan.gaps.find(({ fromAt, toAt }) => at >= fromAt && at < toAt);
	return isFirst && gap?.told ? pipeline.blind(at, "stream_lost") : pipeline.tick(at);
}
