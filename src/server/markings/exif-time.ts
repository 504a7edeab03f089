const tags = { dateTime: 0x0132, exifFolder: 0x8769, dateTimeOriginal: 0x9003, offsetTimeOriginal: 0x9011 } as const;
const asciiType = 2;
const longType = 4;

/** When a picture was taken, as its camera wrote it down. */
export interface ExifTime {
	/** By the camera's clock, ms as if it were UTC. */
	readonly wall: number;
	/** What that clock was ahead of UTC, ms; null where it does not say. */
	readonly offsetMs: number | null;
}

/** Of an EXIF block (EXIF 2.32: a TIFF header and its folders). Null where it does not say, or cannot be read. */
export function exifTime(block: Buffer): ExifTime | null {
	const tiff = block.subarray(block.toString("latin1", 0, 6) === "Exif\0\0" ? 6 : 0);
	const folder = readFolder(tiff);
	const text = folder(tags.dateTimeOriginal) ?? folder(tags.dateTime);
	const wall = text === null ? null : readWall(text);
	return wall === null ? null : { wall, offsetMs: readOffset(folder(tags.offsetTimeOriginal) ?? "") };
}

/** The texts of the first folder and of the EXIF folder in it, by their tags. Whatever points outside of the block is not there. */
function readFolder(tiff: Buffer): (tag: number) => string | null {
	const order = tiff.toString("latin1", 0, 2);
	if (order !== "II" && order !== "MM") return () => null;
	const short = (at: number) =>
		at + 2 > tiff.length ? 0 : order === "II" ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
	const long = (at: number) =>
		at + 4 > tiff.length ? 0 : order === "II" ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
	const found = new Map<number, string>();
	let exifFolder = 0;
	const read = (start: number) => {
		for (let i = 0; i < short(start); i += 1) {
			const at = start + 2 + i * 12;
			if (at + 12 > tiff.length) return;
			const [tag, type, count] = [short(at), short(at + 2), long(at + 4)];
			if (tag === tags.exifFolder && type === longType) exifFolder = long(at + 8);
			if (type !== asciiType || count > 64) continue;
			const from = count <= 4 ? at + 8 : long(at + 8);
			found.set(tag, tiff.toString("latin1", from, from + count).replace(/\0.*$/s, ""));
		}
	};
	read(long(4));
	if (exifFolder > 0) read(exifFolder); // once: a block that names thousands of them would keep us for hours
	return (tag) => found.get(tag) ?? null;
}

/** `2026:11:26 09:15:00` */
function readWall(text: string): number | null {
	const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text.trim());
	if (!match) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	const isReal = year >= 1990 && new Date(wall).getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60;
	return isReal ? wall : null;
}

/** `+08:00` */
function readOffset(text: string): number | null {
	const match = /^([+-])(\d\d):(\d\d)$/.exec(text.trim());
	if (!match) return null;
	const ms = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
	return match[1] === "-" ? -ms : ms;
}
