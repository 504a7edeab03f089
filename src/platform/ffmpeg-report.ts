/** What showinfo says of a frame, before it is scaled. */
export interface ShownFrame {
	/** The video's own time stamp. */
	readonly ptsMs: number;
	/** Stored pixels, and their shape, as `1280x720 1/1`: another one means that the camera's picture has changed. */
	readonly shape: string;
}

/** Reads the lines of the showinfo filter. One per ffmpeg: the filter says its unit of time once. */
export class ShownFrames {
	#unitMs = 0.001;

	/** Null for a line that is about something else. */
	read(line: string): ShownFrame | null {
		const unit = /config in time_base: (\d+)\/(\d+)/.exec(line);
		if (unit) this.#unitMs = (1000 * Number(unit[1])) / Number(unit[2]);
		// Not pts_time: it has six digits, which is tenths of a second after three hours.
		const found = /\bpts:\s*(-?\d+)\s+pts_time:.*\bsar:(\d+\/\d+)\s+s:(\d+x\d+)/.exec(line);
		return found ? { ptsMs: Number(found[1]) * this.#unitMs, shape: `${found[3]} ${found[2]}` } : null;
	}
}

export interface VideoInfo {
	/** ffmpeg's name, but "h265" for "hevc", the word that people know. */
	readonly codec: string;
	/** Stored pixels. */
	readonly width: number;
	readonly height: number;
}

/** Of the line `Stream #0:0: Video: h264 (High), yuv420p, 1280x720 [SAR 1:1 …`, the input's and not an output's. */
export function readInputVideo(line: string): VideoInfo | null {
	const found = /^\s*Stream #0:\d+.*?: Video: (\w+).*?, (\d{2,5})x(\d{2,5})\b/.exec(line);
	if (!found) return null;
	const codec = found[1] === "hevc" ? "h265" : (found[1] ?? "");
	return { codec, width: Number(found[2]), height: Number(found[3]) };
}

/** Of the same line: `yuv420p`, and ffmpeg's own name of the codec. */
export function readPixelFormat(line: string): { codec: string; pixelFormat: string } | null {
	const found = /^\s*Stream #0:\d+.*?: Video: (\w+)(?: \([^)]*\))*, (\w+)/.exec(line);
	return found ? { codec: found[1] ?? "", pixelFormat: found[2] ?? "" } : null;
}

/** Of the line `Duration: 00:01:01.04, start: …`; null where it is about something else, or says N/A. */
export function readDurationMs(line: string): number | null {
	const found = /^\s*Duration: (\d+):(\d+):([\d.]+)/.exec(line);
	return found ? Math.round((Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])) * 1000) : null;
}
