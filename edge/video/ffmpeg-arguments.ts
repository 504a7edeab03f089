import type { Ffmpeg } from "#platform/ffmpeg.ts";

export interface AnalysisOptions {
	/** At most one frame in this time, by the video's own time stamps. */
	readonly sampleEveryMs: number;
	/** Longest side of a frame, in square pixels; a smaller picture stays as it is. */
	readonly maxSide: number;
	/** `keyframes` decodes one picture of a group only: about an eighth of the work. */
	readonly decode: "all" | "keyframes";
}

/** Descriptor on which the stream copy comes out, for the segment ring and for who watches live. */
export const copyDescriptor = 3;

/**
 * One session with a camera: analysis frames on standard output, and where asked for the stream itself as fragmented
 * MP4 on descriptor 3. Everything is read from `url`, which holds no secrets: see rtsp-relay.ts.
 */
export function cameraArguments(
	url: string,
	transport: "tcp" | "udp",
	analysis: AnalysisOptions,
	isCopied: boolean,
	version: Ffmpeg["version"],
): string[] {
	return [
		...common,
		...cameraInput(url, transport, analysis.decode),
		...framesOnStandardOutput(analysis, version),
		...(isCopied ? streamCopy : []),
	];
}

/** A recording's frames on standard output. The name is given as `file:`, so that none can be taken for a protocol. */
export function fileArguments(
	file: string,
	analysis: AnalysisOptions,
	{ realtime = false, frames }: { readonly realtime?: boolean; readonly frames?: number },
	version: Ffmpeg["version"],
): string[] {
	return [
		...common,
		...(realtime ? ["-re"] : []),
		...["-protocol_whitelist", "file,pipe", "-i", `file:${file}`],
		...(frames === undefined ? [] : ["-frames:v", String(frames)]),
		...framesOnStandardOutput(analysis, version),
	];
}

/** One still picture of a camera as JPEG on standard output. */
export function pictureArguments(url: string, transport: "tcp" | "udp", maxSide: number): string[] {
	const filter = `${showInput},${scale(maxSide)},format=yuvj420p`;
	return [
		...common,
		...cameraInput(url, transport, "keyframes"),
		...["-map", "0:v:0", "-vf", filter, "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "pipe:1"],
	];
}

/**
 * One picture of one of our own segments on standard output, in its own size, with its time on standard error. For the
 * last picture key frames alone are decoded: there is one in every group, and nothing has to be thrown away.
 */
export function photoArguments(
	{ file, fromMs, toMs, take }: { file: string; fromMs: number; toMs: number; take: "first" | "last" },
	version: Ffmpeg["version"],
): string[] {
	const between = `select='between(t,${(fromMs - 1) / 1000},${(toMs + 1) / 1000})'`;
	return [
		...common,
		...["-protocol_whitelist", "file", "-threads", "1"],
		...(take === "last" ? ["-skip_frame", "nokey"] : []),
		...["-i", `file:${file}`, "-map", "0:v:0", "-vf", `${between},${showInput}`],
		...passThrough(version),
		...(take === "first" ? ["-frames:v", "1"] : []),
		...["-c:v", "ppm", "-f", "image2pipe", "pipe:1"],
	];
}

/** `info` because showinfo speaks at that level. */
const common = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "info"];

/**
 * Audio is not even asked for. No time-out of ffmpeg's: they come late and end with status 0; the watchdog is ours. A
 * frame rate is not waited for, so that a camera of one picture a second is up as fast as others.
 */
function cameraInput(url: string, transport: "tcp" | "udp", decode: AnalysisOptions["decode"]): string[] {
	return [
		...["-protocol_whitelist", "rtsp,rtp,tcp,udp"],
		...["-rtsp_transport", transport, "-allowed_media_types", "video"],
		...["-analyzeduration", "1000000", "-fpsprobesize", "0"],
		...["-threads", "1"],
		// low_delay: a decoder that may reorder holds key frames back for as many groups as it could reorder.
		...(decode === "keyframes" ? ["-skip_frame", "nokey", "-flags", "low_delay"] : []),
		...["-i", url],
	];
}

/**
 * PPM says each frame's size in its head, so the pipe needs no agreement. ffmpeg keeps the size of the first frame
 * even where the picture's changes (autoscale); that change is seen by showinfo.
 */
function framesOnStandardOutput({ sampleEveryMs, maxSide }: AnalysisOptions, version: Ffmpeg["version"]): string[] {
	const filter = [sample(sampleEveryMs), showInput, scale(maxSide)].join(",");
	return ["-map", "0:v:0", "-vf", filter, ...passThrough(version), "-c:v", "ppm", "-f", "image2pipe", "pipe:1"];
}

/**
 * Fragments are complete in themselves and come out several times a second: a kill loses no more, and who watches live is
 * behind by no more. Segments are put together from them by segment-writer.ts and not by ffmpeg, which would end on a full
 * disk, and the frames with it.
 */
const streamCopy = [
	...["-map", "0:v:0", "-c", "copy", "-f", "mp4"],
	...["-movflags", "empty_moov+default_base_moof+frag_keyframe", "-frag_duration", "250000"],
	`pipe:${copyDescriptor}`,
];

/**
 * Our own stream copy on standard input, made H.264 on standard output as fragments again: smaller and of fewer pictures,
 * for this is for looking, on a machine that has other work.
 */
export function transcodeArguments(): string[] {
	return [
		...["-hide_banner", "-nostats", "-loglevel", "error", "-protocol_whitelist", "pipe"],
		...["-threads", "1", "-flags", "low_delay", "-fflags", "nobuffer", "-probesize", "5000", "-analyzeduration", "0"],
		...["-f", "mp4", "-i", "pipe:0", "-map", "0:v:0", "-vf", "fps=12,scale=w='min(960,iw)':h=-2"],
		...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-threads", "1"],
		...["-crf", "27", "-maxrate", "1500k", "-bufsize", "1500k", "-g", "24", "-f", "mp4"],
		...["-movflags", "empty_moov+default_base_moof+frag_keyframe", "-frag_duration", "250000"],
		...["-flush_packets", "1", "pipe:1"],
	];
}

/**
 * The first frame, then whichever comes when the time is over. Not the fps filter: it repeats frames of slow cameras.
 * `lt` starts anew when a camera sets its clock back. A millisecond of tolerance for rounded time stamps.
 */
const sample = (everyMs: number) =>
	`select='isnan(prev_selected_t)+lt(t,prev_selected_t)+gte(t-prev_selected_t,${(everyMs - 1) / 1000})'`;

/** Time stamp, size and pixel shape of each frame as a line on standard error: see shown-frame.ts. */
const showInput = "showinfo=checksum=0";

/** Square pixels, widened and never narrowed to it; then smaller where need be. ffmpeg has applied the rotation before. */
function scale(maxSide: number): string {
	const [width, height] = ["iw*max(sar,1)", "ih/min(sar,1)"];
	const factor = `min(1,${maxSide}/max(${width},${height}))`;
	return `scale=w='max(2,round(${width}*${factor}))':h='max(2,round(${height}*${factor}))',setsar=1`;
}

const passThrough = (version: Ffmpeg["version"]) =>
	isAtLeast(version, 5, 1) ? ["-fps_mode", "passthrough"] : ["-vsync", "0"];

const isAtLeast = (version: Ffmpeg["version"], major: number, minor: number) =>
	version.major > major || (version.major === major && version.minor >= minor);
