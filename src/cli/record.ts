import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type Command, InvalidArgumentError } from "commander";
import { sceneFileSchema } from "#contract/scene-file.ts";
import { transports } from "#contract/cameras-api.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import { loadFile } from "#platform/input-error.ts";
import { createLog } from "#platform/log.ts";
import { readYaml } from "#platform/read-yaml.ts";
import { shutdownSignal } from "#platform/shutdown.ts";
import type { Detector } from "../../edge/detect/detector.ts";
import type { Frame } from "../../edge/video/frame.ts";
import { progressLine } from "./progress-line.ts";
import { cameraLooks, fileLooks, type LookSource } from "./record/look-sources.ts";
import { LooksWriter } from "./record/looks-writer.ts";
import { type LookOptions, startDetector, withLookOptions } from "./replay/detector-option.ts";

interface Options extends LookOptions {
	readonly out: string;
	readonly scene?: string;
	readonly seconds?: number;
	readonly transport: (typeof transports)[number];
}

export function registerRecord(program: Command): void {
	const command = program
		.command("record")
		.description("keep of minutes of a camera what the rules need, to run them again without camera and model")
		.argument("<camera-or-video>", "rtsp://…, rtsps://…, a video file, or - for an address on standard input")
		.requiredOption("--out <dir>", "where to: a folder that is not there yet, or is empty")
		.option("--seconds <n>", "of a camera: 60; of a video: all of it", seconds)
		.option("--scene <file>", "zones and policy; the model looks around the zones then, as on the edge")
		.option("--transport <tcp|udp>", "of a camera", transport, "tcp");
	withLookOptions(command).action(runRecord);
}

async function runRecord(asked: string, options: Options): Promise<void> {
	const { out, every: everyMs, model } = options;
	const scene = options.scene === undefined ? null : await sceneOf(options.scene);
	const source = await sourceOf(asked === "-" ? (await text(process.stdin)).trim() : asked, options);
	const writer = await LooksWriter.into(out);
	const progress = progressLine(process.stderr);
	try {
		const cut = await recordFrom(source, options, async (frame, detector) => {
			await writer.take(frame, detector, scene?.areas ?? []);
			progress.show(`${writer.count} looks, ${(writer.recordedMs / 1000).toFixed(0)} s`);
		});
		if (cut !== null) progress.say(`ended early: ${cut}`);
		const durationMs = source.durationMs() ?? writer.recordedMs;
		await writer.end({ everyMs, durationMs, model, isLive: source.isLive }, scene?.asGiven ?? null);
		progress.end();
		console.log(`${out}: ${writer.count} looks, ${(writer.recordedMs / 1000).toFixed(1)} s`);
	} finally {
		progress.end();
		await writer.close();
	}
}

async function recordFrom(
	source: LookSource,
	options: LookOptions,
	onFrame: (frame: Frame, detector: Detector) => Promise<void>,
): Promise<string | null> {
	const signal = shutdownSignal();
	const detector = await startDetector(options);
	try {
		return await source.run(signal, (frame) => onFrame(frame, detector));
	} finally {
		await detector.close();
	}
}

async function sourceOf(asked: string, { seconds, every, transport }: Options): Promise<LookSource> {
	return /^[a-z][a-z0-9+.-]*:\/\//i.test(asked)
		? cameraLooks(asked, { seconds: seconds ?? 60, everyMs: every, transport, log: createLog("record", "error") })
		: fileLooks(asked, { seconds: seconds ?? Infinity, everyMs: every });
}

async function sceneOf(file: string): Promise<{ areas: Polygon[]; asGiven: unknown }> {
	const { zones } = await loadFile(sceneFileSchema, file);
	const areas = zones.filter(({ kind }) => kind !== "ignore").map(({ polygon }) => polygon);
	return { areas, asGiven: readYaml(await readFile(file, "utf8")) };
}

function seconds(given: string): number {
	const number = Number(given);
	if (number >= 1 && number <= 86_400) return number;
	throw new InvalidArgumentError("A number from 1 to 86400 is allowed.");
}

function transport(given: string): (typeof transports)[number] {
	const known = transports.find((name) => name === given);
	if (known) return known;
	throw new InvalidArgumentError("tcp or udp is allowed.");
}
