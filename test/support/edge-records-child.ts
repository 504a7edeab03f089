/**
 * A lane on which a van stands for half of every two minutes, by the real rules, written by the real records, as fast as
 * the disk takes it. What is seen depends on the time alone, so a run that was killed and goes on must end like one that
 * was not. Arguments: data folder, instant at which it ends (ms of its own time, from 0).
 */
import type { CameraScene } from "#core/camera.ts";
import { initialCameraState, reduceCamera } from "#core/camera.ts";
import { defaultPolicy } from "#core/scene.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { openEdgeDisk } from "./edge-records.ts";
import { lookAt, type SyntheticThing } from "./synthetic-camera.ts";

const [dataFolder = "", untilMs = "0"] = process.argv.slice(2);
const periodMs = 120_000;
const scene: CameraScene = {
	zones: [
		{
			id: "lane-1",
			kind: "fire_lane",
			polygon: [
				[0.1, 0.1],
				[0.9, 0.1],
				[0.9, 0.9],
				[0.1, 0.9],
			],
			policy: { ...defaultPolicy, vehicleOnDelayMs: 10_000, objectOnDelayMs: 60_000, offDelayMs: 3_000 },
		},
	],
};
const size = { width: 64, height: 36 };
const frame: Omit<Frame, "capturedAt"> = { ...size, rgb: new Uint8Array(64 * 36 * 3).fill(90) };
const standsAt = (inPeriod: number) => inPeriod >= 20_000 && inPeriod < 80_000;
const van: SyntheticThing = {
	label: "truck",
	confidence: 0.9,
	seed: 1,
	boxAt: (at) => (standsAt(at % periodMs) ? { x1: 0.3, y1: 0.3, x2: 0.6, y2: 0.6 } : null),
};

const disk = openEdgeDisk(dataFolder);
await disk.folder.sweep(disk.jobs.files());
const records = disk.recordsOf("cam-1");
let state = records.load(0) ?? initialCameraState();
process.stdout.write("ready\n");
for (let at = (state.lastFrameAt ?? 0) + 1_000; at <= Number(untilMs); at += 1_000) {
	const step = reduceCamera(state, lookAt([van], at, size), scene);
	state = step.state;
	await records.record(state, step.events, { ...frame, capturedAt: at }, at);
}
records.save(state, Number(untilMs));
disk.store.close();
process.stdout.write("done\n");
