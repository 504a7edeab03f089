/**
 * A program: what of an edge seals and sends, over a real disk and to a real server, killed by SIGKILL at the n-th time
 * that it comes to the step that it is told. Run again it goes on where it was.
 */
import { mkdir } from "node:fs/promises";
import { createLog } from "#platform/log.ts";
import { loadOrMakeSigningKey } from "#platform/signing-key.ts";
import { ServerClient } from "../../edge/centre/server-client.ts";
import { EvidenceUploader } from "../../edge/evidence/evidence-uploader.ts";
import { keyFileOf } from "../../edge/seal/open-seal-works.ts";
import { Sealer } from "../../edge/seal/sealer.ts";
import { SealSender } from "../../edge/seal/seal-sender.ts";
import { Seals } from "../../edge/store/seals.ts";
import { openEdgeDisk } from "./edge-records.ts";
import { jpegOf } from "./evidence.ts";
import { until } from "./poll.ts";
import { mp4Of } from "./sealed.ts";

export interface SealJob {
	readonly dataFolder: string;
	readonly url: string;
	readonly token: string;
	readonly edgeId: string;
	readonly alerts: number;
	readonly dieAfter: string;
	readonly dieAtTime: number;
}

const job = JSON.parse(process.argv[2] ?? "{}") as SealJob;
const log = createLog("test", "fatal");
const signal = new AbortController();
let times = 0;
const afterStep = (step: string) => {
	if (step === job.dieAfter && ++times === job.dieAtTime) process.kill(process.pid, "SIGKILL");
};

await mkdir(job.dataFolder, { recursive: true });
const disk = openEdgeDisk(job.dataFolder);
await disk.folder.sweep(disk.jobs.files());
const key = await loadOrMakeSigningKey(keyFileOf(job.dataFolder));
afterStep("keyed");
const server = new ServerClient(job);
const seals = new Seals(disk.store);
const sender = new SealSender({ server, publicKey: key.public, seals, folder: disk.folder, log, afterStep });
const sealer = new Sealer({
	...{ key, seals, facts: disk.facts, folder: disk.folder, log, afterStep },
	edge: { siteId: "estate", edgeId: job.edgeId, models: [], program: "0.1.0" },
	clock: () => ({ offsetMs: null, source: null, readAt: null }),
	onSealed: () => undefined,
});

for (let number = 1; number <= job.alerts; number++) await watch(`${job.edgeId}.alert-${number}`, number);
const target = { serverUrl: job.url, token: job.token };
const uploader = new EvidenceUploader({
	jobs: disk.jobs,
	sets: disk.sets,
	folder: disk.folder,
	target,
	maxBytes: 1e9,
	onlySealed: true,
	log,
});
const uploading = uploader.run(signal.signal);
await until("everything to be sent", () => disk.jobs.toUpload().length === 0, { deadlineMs: 30_000 });
signal.abort();
await uploading;
disk.store.close();

/** One alert as the edge has it: two stills with the raise, later the clip. What is there already stays. */
async function watch(alertId: string, at: number): Promise<void> {
	if (disk.facts.find(alertId)?.clearedAt) return;
	const base = { alertId, cameraId: "cam-1", capturedAt: at };
	for (const kind of ["still_entry", "still_raised"] as const) {
		const id = `${alertId}.${kind}`;
		const kept = await disk.folder.keep(`${id}.jpg`, jpegOf(20_000, at));
		disk.store.transaction(() => {
			const facts = { alertId, cameraId: "cam-1", zoneId: "lane-1", laneId: "lane-1", enteredAt: at, raisedAt: at };
			disk.facts.put({ ...facts, clearedAt: null, policy: {}, lawBasis: null });
			disk.jobs.addStill({ ...base, ...kept, id, kind }, at);
		})();
	}
	const clip = { id: `${alertId}.clip`, alertId, cameraId: "cam-1", fromAt: at, toAt: at };
	disk.jobs.plan({ ...clip, kind: "clip" }, { raised: true, at });
	await sealer.sealDue(Date.now);
	await sender.sendAll(signal.signal);
	const kept = await disk.folder.keep(`${clip.id}.mp4`, mp4Of(50_000, at));
	disk.jobs.wasMade(clip.id, { ...kept, capturedAt: at, durationMs: 1_000 });
	await sealer.sealDue(Date.now);
	await sender.sendAll(signal.signal);
	disk.facts.cleared(alertId, at);
}
