import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { InputError } from "#platform/input-error.ts";
import type { Detector } from "../../../edge/detect/detector.ts";
import type { Polygon } from "#core/geometry/shapes.ts";
import type { Frame } from "../../../edge/video/frame.ts";
import { greyOf } from "../../../edge/video/grey-of.ts";
import { encodeGrey } from "./grey-file.ts";
import { writeLookLine } from "./look-line.ts";
import { type About, looksFolder } from "./looks-folder.ts";

/** Looks at frames and keeps of each what the rules need. The folder appears when it is whole, or not at all. */
export class LooksWriter {
	readonly #folder: string;
	readonly #part: string;
	readonly #detections: WriteStream;
	#firstAt: number | null = null;
	#lastAt = 0;
	#count = 0;

	private constructor(folder: string, part: string) {
		this.#folder = folder;
		this.#part = part;
		this.#detections = createWriteStream(looksFolder.detections(part));
	}

	/** @throws InputError where the folder holds something already, or cannot be made */
	static async into(folder: string): Promise<LooksWriter> {
		const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => error);
		if (Array.isArray(there) && there.length > 0) throw new InputError(`--out ${folder}: is not empty`);
		if (!Array.isArray(there) && there.code !== "ENOENT") throw new InputError(`--out ${folder}: is not a folder`);
		const part = `${folder.replace(/\/+$/, "")}.${process.pid}.part`;
		try {
			await mkdir(looksFolder.greys(part), { recursive: true });
		} catch (cause) {
			const { code } = cause as NodeJS.ErrnoException;
			throw new InputError(`--out ${folder}: cannot be made (${code})`, { cause });
		}
		return new LooksWriter(folder, part);
	}

	get count(): number {
		return this.#count;
	}

	/** From the first look to the last. */
	get recordedMs(): number {
		return this.#lastAt;
	}

	async take(frame: Frame, detector: Detector, areas: readonly Polygon[]): Promise<void> {
		const detections = await detector.detect(frame, areas);
		this.#firstAt ??= frame.capturedAt;
		const at = Math.round(frame.capturedAt - this.#firstAt);
		await writeFile(looksFolder.grey(this.#part, at), await encodeGrey(greyOf(frame)));
		this.#detections.write(`${writeLookLine({ at, detections })}\n`);
		this.#lastAt = at;
		this.#count += 1;
	}

	/** @param scene as it was given, null where none was */
	async end(about: Omit<About, "v" | "firstAt"> & { readonly isLive: boolean }, scene: unknown): Promise<void> {
		const { isLive, ...rest } = about;
		const whole: About = { v: 1, firstAt: isLive ? this.#firstAt : null, ...rest };
		this.#detections.end();
		await finished(this.#detections);
		await writeFile(looksFolder.about(this.#part), json(whole));
		if (scene !== null) await writeFile(looksFolder.scene(this.#part), json(scene));
		await rename(this.#part, this.#folder);
	}

	/** Nothing is left of what was not ended. */
	async close(): Promise<void> {
		this.#detections.destroy();
		await rm(this.#part, { recursive: true, force: true });
	}
}

const json = (value: unknown) => `${JSON.stringify(value, null, "\t")}\n`;
