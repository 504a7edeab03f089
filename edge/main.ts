import { readFileSync } from "node:fs";
import type { EdgeAddress } from "#contract/topics.ts";
import type { Logger } from "#platform/log.ts";
import { refuseRootInOthersFolder } from "#platform/owner.ts";
import { runTogether } from "#platform/run-together.ts";
import { CameraFleet } from "./camera-fleet.ts";
import { CameraRecords, type CameraRecordsParts } from "./camera-records.ts";
import { CameraSupervisor } from "./camera-supervisor.ts";
import { CameraWatch } from "./camera-watch.ts";
import { ClockWatch } from "./clock/clock-watch.ts";
import { KeptClock } from "./clock/kept-clock.ts";
import { ConfigSync } from "./centre/config-sync.ts";
import { EdgeJobs } from "./centre/edge-jobs.ts";
import { LivePictures } from "./centre/live-pictures.ts";
import { LiveStreams } from "./centre/live-streams.ts";
import { LiveView } from "./centre/live-view.ts";
import { ServerClient } from "./centre/server-client.ts";
import { ServerTrust } from "./centre/server-trust.ts";
import { answerWhatIf } from "./centre/what-if-answer.ts";
import type { EdgeConfig } from "./config.ts";
import { FigureBook } from "./edge-figures.ts";
import { loadModel } from "./detect/model-store.ts";
import { createOnnxDetector, type OnnxDetector } from "./detect/onnx-detector.ts";
import { DiskWatch } from "./evidence/disk-watch.ts";
import { openEvidenceWorks } from "./evidence/open-evidence-works.ts";
import { LookHistory } from "./look-history.ts";
import { findModel, modelsFolderOf } from "./models/models-folder.ts";
import { MqttLink } from "./publish/mqtt-link.ts";
import type { SealingEdge } from "./seal/compose-manifest.ts";
import { CameraStates } from "./store/camera-states.ts";
import { DurableWrites } from "./store/durable-writes.ts";
import { openEdgeKey } from "./store/edge-key.ts";
import { lockDataFolder } from "./store/edge-lock.ts";
import { EntryStills } from "./store/entry-stills.ts";
import { KnownConfig } from "./store/known-config.ts";
import { openEdgeStore } from "./store/open-edge-store.ts";
import { SteadyOutbox } from "./store/steady-outbox.ts";
import { SteadyStates } from "./store/steady-states.ts";
import { LiveTaps } from "./video/live-tap.ts";
import { cameraNetworks } from "./video/camera-networks.ts";
import { probeCamera } from "./video/probe-camera.ts";
import { RtspCamera } from "./video/rtsp-camera.ts";
import { StartGate } from "./video/start-gate.ts";
import { CameraSpeakers } from "./speaker/camera-speakers.ts";
import { probeAudioOut } from "./speaker/probe-audio-out.ts";

const version = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
	.version;

/** How long cameras may take to stop; then what is left is stopped without them. */
const graceMs = 5_000;

/**
 * The whole edge worker, tied together by hand. Resolves when `signal` was aborted and everything has stopped.
 *
 * @throws InputError when it cannot begin: no such model, another edge on the same data folder, root in another's folder
 */
export async function runEdge(
	config: EdgeConfig,
	{ log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
	await refuseRootInOthersFolder("dataFolder", config.dataFolder);
	const lock = lockDataFolder(config.dataFolder);
	try {
		const model = await loadModel(config.model);
		const detector = await createOnnxDetector({ model, workers: config.detectorWorkers, log });
		try {
			await watchAll(config, detector, log, signal);
		} finally {
			await detector.close();
		}
	} finally {
		lock.release();
	}
}

async function watchAll(config: EdgeConfig, detector: OnnxDetector, log: Logger, signal: AbortSignal): Promise<void> {
	const address: EdgeAddress = { siteId: config.siteId, edgeId: config.edgeId };
	const store = openEdgeStore(config.dataFolder, log);
	const keptClock = new KeptClock(store);
	keptClock.resume();
	const writes = new DurableWrites({ store, log });
	const outbox = new SteadyOutbox(store, writes);
	const states = new CameraStates(store, log);
	const disk = new DiskWatch({ folder: config.dataFolder, minFreeBytes: config.evidence.minFreeBytes, log });
	const server = new ServerClient(config.server);
	const networks = cameraNetworks(config.cameraNetworks);
	const clock = new ClockWatch({ log });
	await clock.look();
	const evidence = await openEvidenceWorks({
		...{ config, store, server, detector, clock, disk, log },
		edge: { ...address, models: [await modelOf(config)], program: version },
		knowPlate: (cameraId, alertId, plate) => fleet.knowPlate(cameraId, alertId, plate),
	});
	const pictures = new LivePictures({ server, log, signal });
	const liveView = new LiveView({ server, log, signal });
	const taps = new LiveTaps();
	const starts = new StartGate();
	const streams = new LiveStreams({
		server: config.server,
		limits: config.live,
		tapOf: (id) => taps.known(id),
		log,
		signal,
	});
	const history = new LookHistory();
	const figures = new FigureBook();
	const recordsParts: CameraRecordsParts = {
		...{ writes, states, outbox, ...evidence.records },
		entries: new EntryStills(store),
		steadyStates: new SteadyStates({ writes, states }),
	};

	const fleet = new CameraFleet({
		rememberedIds: () => states.cameraIds(),
		watchOf: (cameraId, scene) =>
			new CameraWatch({
				cameraId,
				scene,
				detector: detector.forCamera(cameraId),
				records: new CameraRecords(cameraId, recordsParts),
				say: (message) => link.setLaneState(message),
				forgetLane: (laneId) => {
					link.forgetLane(laneId);
					history.forget(laneId);
				},
				observe: (frame, seen) => {
					figures.looked();
					history.add(seen.scene, seen.looks);
					evidence.observe(cameraId, seen);
					liveView.offer(cameraId, frame, seen);
				},
				log,
			}),
		superviseWith: (camera, watch) =>
			new CameraSupervisor({
				cameraId: camera.id,
				watch,
				connect: (withRing) =>
					figures.counting(
						new RtspCamera({
							url: camera.url,
							transport: camera.transport,
							networks,
							sampleEveryMs: camera.sampleEveryMs,
							ring: withRing ? evidence.rings.of(camera.id) : null,
							live: taps.of(camera.id),
							starts,
							log,
						}),
					),
				disk,
				say: (message) => {
					figures.noteHealth(message);
					link.setCameraHealth(message);
				},
				show: (frame) => pictures.offer(camera.id, frame),
				log,
			}),
		retire: (cameraId) => {
			new CameraRecords(cameraId, recordsParts).forget();
			figures.forget(cameraId);
			evidence.forget(cameraId);
			pictures.forget(cameraId);
			taps.forget(cameraId);
			link.forgetCamera(cameraId);
		},
		log,
	});
	const configSync = new ConfigSync({
		server,
		trust: new ServerTrust(config, log),
		known: new KnownConfig(store, await openEdgeKey(config.secrets.keyFile, log), log),
		adopt: (next) => {
			evidence.adopt(next);
			return fleet.adopt(next);
		},
		log,
	});
	const speakers = new CameraSpeakers({ urlOf: (cameraId) => fleet.urlOf(cameraId), networks, log });
	const edgeJobs = new EdgeJobs({
		server,
		probe: (camera) => probeCamera({ ...camera, networks }),
		probeAudioOut: (camera) => probeAudioOut({ ...camera, networks }),
		say: (job, stop) => speakers.say(job, stop),
		whatIf: (job) => answerWhatIf(history.of(job.zoneId), job),
		watch: ({ cameraId, forMs }) => liveView.watch(cameraId, forMs),
		stream: (job) => streams.begin(job),
		log,
	});
	const link = new MqttLink({
		url: config.mqtt.url,
		username: config.mqtt.username,
		password: config.mqtt.password,
		tls: config.mqtt,
		address,
		outbox,
		version,
		clock: () => clock.reading,
		figures: () => figures.read({ dataFolder: config.dataFolder, detector, outbox, jobs: evidence.jobs }),
		log,
		onConfig: (revision) => configSync.announced(revision),
		onJob: (jobId) => edgeJobs.announced(jobId),
	});

	await disk.look();
	await evidence.sweep();
	log.info({ ...address, model: config.model, dataFolder: config.dataFolder }, "the edge is watching");

	// Cameras stop first; then what they last said is written and sent.
	const camerasStopped = new AbortController();
	signal.addEventListener("abort", () => setTimeout(() => camerasStopped.abort(), graceMs).unref(), { once: true });
	try {
		await runTogether(camerasStopped.signal, [
			async (failing) => {
				await runTogether(AbortSignal.any([signal, failing]), [
					(stop) => fleet.run(stop),
					(stop) => configSync.run(stop),
				]);
				camerasStopped.abort();
			},
			(stop) => link.run(stop),
			(stop) => edgeJobs.run(stop),
			(stop) => disk.run(stop),
			(stop) => clock.run(stop),
			(stop) => keptClock.run(stop),
			...evidence.run,
			(stop) => writes.run(stop),
		]);
	} finally {
		await evidence.close();
		store.close();
	}
	log.info("the edge has stopped");
}

async function modelOf(config: EdgeConfig): Promise<SealingEdge["models"][number]> {
	const { name, weights } = await findModel(config.model, modelsFolderOf());
	return { name, sha256: weights.sha256 };
}
