import sharp from "sharp";
import type { Overlay } from "../../../../edge/evidence/overlay.ts";
import type { Frame } from "../../../../edge/video/frame.ts";
import { VideoWriter } from "../../../../edge/video/video-writer.ts";
import { overlaySvg, type Sheet, sheetFor } from "./overlay-svg.ts";

/** Each look is shown for as many of these as it lasted: a second of the video is a second, to a tenth. */
const framesPerSecond = 5;
/** Words need room: smaller pictures are enlarged to this width. */
const leastWidth = 960;

/** What the rules saw and made of it, as a video. */
export class DebugVideo {
	readonly #file: string;
	#writer: VideoWriter | null = null;
	#sheet: Sheet | null = null;
	/** The newest look, of which only the next one tells how long it is shown. */
	#waiting: { readonly rgb: Uint8Array; readonly slot: number } | null = null;

	constructor(file: string) {
		this.#file = file;
	}

	async take(frame: Frame, overlay: Overlay): Promise<void> {
		const sheet = (this.#sheet ??= sheetOf(frame, overlay));
		this.#writer ??= await VideoWriter.open(this.#file, {
			width: sheet.width,
			height: sheet.height + sheet.stripHeight,
			framesPerSecond,
		});
		const slot = slotOf(frame.capturedAt);
		await this.#showUntil(slot);
		this.#waiting = { rgb: await draw(frame, overlay, sheet), slot };
	}

	/** @param atMs until when the last look is shown */
	async end(atMs: number): Promise<void> {
		if (!this.#waiting) return;
		await this.#showUntil(Math.max(slotOf(atMs), this.#waiting.slot + 1));
		await this.#writer?.end();
		this.#writer = null;
	}

	/** Where it did not come to its end, nothing is left of it. */
	async close(): Promise<void> {
		await this.#writer?.discard();
	}

	async #showUntil(slot: number): Promise<void> {
		if (this.#waiting) await this.#writer?.write(this.#waiting.rgb, slot - this.#waiting.slot);
	}
}

function sheetOf({ width, height }: Frame, { zones }: Overlay): Sheet {
	const scale = Math.max(1, leastWidth / width);
	const even = (length: number) => 2 * Math.round((length * scale) / 2);
	return sheetFor(even(width), even(height), zones.filter(({ state }) => state !== null).length);
}

async function draw({ rgb, width, height }: Frame, overlay: Overlay, sheet: Sheet): Promise<Uint8Array> {
	const picture = await sharp(rgb, { raw: { width, height, channels: 3 } })
		.resize(sheet.width, sheet.height, { fit: "fill" })
		.extend({ bottom: sheet.stripHeight })
		.raw()
		.toBuffer();
	const canvas = { width: sheet.width, height: sheet.height + sheet.stripHeight, channels: 3 } as const;
	return sharp(picture, { raw: canvas })
		.composite([{ input: Buffer.from(overlaySvg(overlay, sheet)) }])
		.removeAlpha()
		.raw()
		.toBuffer();
}

const slotOf = (ms: number) => Math.round((ms * framesPerSecond) / 1000);
