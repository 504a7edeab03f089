import { locateFfmpeg } from "#platform/ffmpeg.ts";
import { InputError } from "#platform/input-error.ts";
import { runFfmpeg } from "#platform/run-ffmpeg.ts";

export type ClipCodec = "h264" | "h265";

/** One coded picture. */
export interface AccessUnit {
	/** When it is sent, in ms from the clip's first. */
	readonly atMs: number;
	/** When it is shown, in ms; differs from `atMs` where there are B pictures. */
	readonly shownAtMs: number;
	readonly key: boolean;
	readonly nalUnits: readonly Buffer[];
}

export interface Clip {
	readonly codec: ClipCodec;
	readonly units: readonly AccessUnit[];
	/** Of one round of the loop. */
	readonly durationMs: number;
	/** SPS and PPS, with H.265 the VPS before them. */
	readonly parameterSets: readonly Buffer[];
}

/** Reads a file's video without decoding it. MP4 keeps its times; raw .h264 and .h265 get theirs from ffmpeg's guess. */
export async function loadClip(file: string): Promise<Clip> {
	const codec = await codecOf(file);
	const filter = codec === "h264" ? "h264_mp4toannexb" : "hevc_mp4toannexb";
	const copy = ["-map", "0:v:0", "-c", "copy", "-bsf:v", filter, "-f"];
	// By two processes and not through two pipes of one: each is collected whole.
	const [list, stream] = await Promise.all([
		read(file, [...copy, "framecrc"]),
		read(file, [...copy, codec === "h264" ? "h264" : "hevc"]),
	]);
	const units = cutIntoUnits(stream, readPacketList(list.toString("latin1")), codec);
	const last = units.at(-1);
	if (!last || !units[0]?.key) throw new InputError(`${file}: has no video that begins with a key frame`);
	const stepMs = units.length > 1 ? last.atMs / (units.length - 1) : 1000;
	return { codec, units, durationMs: last.atMs + stepMs, parameterSets: findParameterSets(units, codec) };
}

async function codecOf(file: string): Promise<ClipCodec> {
	const list = await read(file, ["-map", "0:v:0", "-c", "copy", "-frames:v", "1", "-f", "framecrc"]);
	const name = /^#codec_id 0: (\S+)/m.exec(list.toString("latin1"))?.[1];
	if (name === "h264") return "h264";
	if (name === "hevc") return "h265";
	throw new InputError(`${file}: the simulated camera sends H.264 and H.265, not ${name ?? "this"}`);
}

async function read(file: string, args: readonly string[]): Promise<Buffer> {
	const { path } = await locateFfmpeg();
	const all = ["-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", `file:${file}`, ...args, "pipe:1"];
	try {
		return await runFfmpeg(path, all, "recording");
	} catch (cause) {
		throw new InputError(`${file}: cannot be read as a video`, { cause });
	}
}

interface Packet {
	readonly atMs: number;
	readonly shownAtMs: number;
	readonly bytes: number;
}

/** ffmpeg's list of packets: `stream, dts, pts, duration, size, checksum`, times in units of `#tb`. */
function readPacketList(list: string): Packet[] {
	const [, over, under] = /^#tb 0: (\d+)\/(\d+)/m.exec(list) ?? [];
	const toMs = (1000 * Number(over)) / Number(under);
	const rows = [...list.matchAll(/^0,\s*(-?\d+),\s*(-?\d+),\s*\d+,\s*(\d+),/gm)].map((row) => row.slice(1).map(Number));
	const firstAt = rows[0]?.[0] ?? 0;
	return rows.map(([at = 0, shown = 0, bytes = 0]) => {
		const isKnown = Math.abs(shown) < 2 ** 60;
		return { atMs: (at - firstAt) * toMs, shownAtMs: ((isKnown ? shown : at) - firstAt) * toMs, bytes };
	});
}

function cutIntoUnits(stream: Buffer, packets: readonly Packet[], codec: ClipCodec): AccessUnit[] {
	let from = 0;
	return packets.map(({ atMs, shownAtMs, bytes }) => {
		const nalUnits = splitAnnexB(stream.subarray(from, (from += bytes)));
		return { atMs, shownAtMs, key: nalUnits.some((unit) => isKey(unit, codec)), nalUnits };
	});
}

/** Cuts at the start codes 00 00 01 and 00 00 00 01. */
export function splitAnnexB(stream: Buffer): Buffer[] {
	const units: Buffer[] = [];
	let from = -1;
	for (let at = stream.indexOf("000001", 0, "hex"); ; at = stream.indexOf("000001", at + 3, "hex")) {
		const end = at < 0 ? stream.length : at > 0 && stream[at - 1] === 0 ? at - 1 : at;
		if (from >= 0 && end > from) units.push(stream.subarray(from, end));
		if (at < 0) return units;
		from = at + 3;
	}
}

export const nalTypeOf = (unit: Buffer, codec: ClipCodec) =>
	codec === "h264" ? (unit[0] ?? 0) & 0x1f : ((unit[0] ?? 0) >> 1) & 0x3f;

const isKey = (unit: Buffer, codec: ClipCodec) => {
	const type = nalTypeOf(unit, codec);
	return codec === "h264" ? type === 5 : type >= 16 && type <= 21;
};

function findParameterSets(units: readonly AccessUnit[], codec: ClipCodec): Buffer[] {
	const first = units[0]?.nalUnits ?? [];
	const wanted = codec === "h264" ? [7, 8] : [32, 33, 34];
	return wanted.flatMap((type) => first.find((unit) => nalTypeOf(unit, codec) === type) ?? []);
}
