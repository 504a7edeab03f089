/**
 * What it costs to have every look's state on disk, for 32 cameras at one look a second: `node --import tsx
 * test/bench/saving-states.ts [FOLDER]`. Folder: on the disk that is meant, by default the system's temporary folder.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serializeCameraState } from "#core/camera-state.ts";
import { createLog } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import { CameraStates } from "../../edge/store/camera-states.ts";
import { DurableWrites } from "../../edge/store/durable-writes.ts";
import { openEdgeStore } from "../../edge/store/open-edge-store.ts";
import { SteadyStates } from "../../edge/store/steady-states.ts";
import { looks, oneLane, run, standsFrom, type SyntheticThing } from "../support/synthetic-camera.ts";

const cameras = 32;
const seconds = 15;
/** Two that stand, three that drive about: more than most cameras see at once. */
const things = [0.32, 0.52, 0.1, 0.3, 0.7].map((x, index): SyntheticThing => ({
	label: "car",
	seed: index + 1,
	boxAt: index < 2 ? standsFrom(0, 99_000, x) : (at) => standsFrom(0, 0, x, 0.1 + 0.2 * index)(at % 3_000),
}));
const { state } = run(looks(things, { toMs: 30_000 }), oneLane());
/** SQLite leaves a row alone that does not change. */
const stateAt = (at: number) => ({ ...state, lastFrameAt: at });

const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), "keepclear-bench-"));
const log = createLog("bench", "warn");
const store = openEdgeStore(folder, log);
try {
	const startedAt = performance.now();
	for (let turn = 0; turn < 200; turn++) serializeCameraState(stateAt(turn));
	const serialiseMs = (performance.now() - startedAt) / 200;
	console.log(`one state: ${serializeCameraState(state).length} bytes, ${serialiseMs.toFixed(2)} ms to write as text`);
	for (const restPerCommit of [0, 3]) console.log(await paceOf(restPerCommit));
} finally {
	store.close();
	await rm(folder, { recursive: true });
}

async function paceOf(restPerCommit: number): Promise<string> {
	const commits: number[] = [];
	const writes = new DurableWrites({ store, log });
	const write = writes.write.bind(writes);
	writes.write = (change) => {
		const before = performance.now();
		const done = write(change);
		commits.push(performance.now() - before);
		return done;
	};
	const steady = new SteadyStates({ writes, states: new CameraStates(store, log), restPerCommit });
	const waits: number[] = [];
	const camera = async (index: number) => {
		await wait((index * 1000) / cameras);
		for (let second = 0; second < seconds; second++) {
			const askedAt = performance.now();
			await steady.save(`cam-${index}`, stateAt(second), second);
			waits.push(performance.now() - askedAt);
			await wait(1000 - (performance.now() - askedAt));
		}
	};
	await Promise.all(Array.from({ length: cameras }, (_, index) => camera(index)));
	const busy = commits.reduce((sum, ms) => sum + ms, 0) / (seconds * 1000);
	return (
		`rest ${restPerCommit} times a commit: ${(commits.length / seconds).toFixed(1)} commits/s of ${middle(commits)} ms, ` +
		`${(100 * busy).toFixed(1)} % of the time; a look waits ${middle(waits)} ms for the disk`
	);
}

/** Median and 95 of 100. */
function middle(values: readonly number[]): string {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
	return `${at(0.5)} (95 of 100: ${at(0.95)})`;
}
