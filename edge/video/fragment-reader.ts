/** The head of a fragmented MP4 (ftyp and moov): every file that is made of its fragments begins with it. */
export interface FragmentHead {
	readonly kind: "head";
	readonly bytes: Buffer;
	readonly codec: "h264" | "h265" | "other";
}

/** A moof and its mdat: some pictures, complete in themselves once a key frame and the head stand before them. */
export interface Fragment {
	readonly kind: "fragment";
	readonly bytes: Buffer;
	/** By the stream's own clock. */
	readonly startMs: number;
	readonly durationMs: number;
	/** Whether its first picture is a key frame. */
	readonly beginsWithKey: boolean;
	/** Changes its time in `bytes`, so that a file can begin at nought: ffmpeg takes the end of others for their length. */
	setStart(ms: number): void;
}

/** A fragment is a second or a group of pictures of one camera: far less than this. */
const mostBoxBytes = 64 << 20;

/** Takes ffmpeg's fragmented MP4 (one track) as it comes and gives it piece by piece. @throws Error when it is none. */
export class FragmentReader {
	#waiting: Buffer[] = [];
	#waitingBytes = 0;
	#parts: Buffer[] = [];
	#unitsPerSecond = 1000;

	*take(chunk: Buffer): Generator<FragmentHead | Fragment> {
		this.#waiting.push(chunk);
		this.#waitingBytes += chunk.length;
		for (let box = this.#nextBox(); box; box = this.#nextBox()) {
			this.#parts.push(box);
			const type = typeOf(box);
			if (type === "moov") yield this.#head(Buffer.concat(this.#parts.splice(0)), box);
			if (type === "mdat") yield this.#fragment(this.#parts.splice(0));
		}
	}

	#nextBox(): Buffer | null {
		if (this.#waitingBytes < 8) return null;
		if ((this.#waiting[0]?.length ?? 0) < 8) this.#join();
		const size = this.#waiting[0]?.readUInt32BE(0) ?? 0;
		if (size < 8 || size > mostBoxBytes) throw new Error(`a box of ${size} bytes in the fragmented MP4`);
		if (this.#waitingBytes < size) return null;
		this.#join();
		const all = this.#waiting[0] ?? Buffer.alloc(0);
		const box = all.subarray(0, size);
		this.#waiting = [all.subarray(size)];
		this.#waitingBytes -= size;
		return box;
	}

	#join() {
		if (this.#waiting.length > 1) this.#waiting = [Buffer.concat(this.#waiting)];
	}

	#head(bytes: Buffer, moov: Buffer): FragmentHead {
		this.#unitsPerSecond = withinBox(() => readUnitsPerSecond(moov)) || 1000;
		const codec = moov.includes("avcC") ? "h264" : moov.includes("hvcC") ? "h265" : "other";
		return { kind: "head", bytes, codec };
	}

	#fragment(parts: readonly Buffer[]): Fragment {
		const moof = parts.find((part) => typeOf(part) === "moof");
		const timing = moof && withinBox(() => readTiming(moof));
		if (!timing) throw new Error("a fragment without times in the fragmented MP4");
		const toMs = 1000 / this.#unitsPerSecond;
		const bytes = Buffer.concat(parts);
		const place = bytes.indexOf("tfdt", bytes.indexOf("moof"));
		return {
			kind: "fragment",
			bytes,
			startMs: timing.start * toMs,
			durationMs: timing.duration * toMs,
			beginsWithKey: timing.beginsWithKey,
			setStart: (ms) => writeStart(bytes, place, Math.max(0, Math.round(ms / toMs))),
		};
	}
}

/** @throws Error where a box is shorter than what it says stands in it */
function withinBox<T>(read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw new Error("a box that ends early in the fragmented MP4", { cause });
	}
}

function readUnitsPerSecond(moov: Buffer): number | undefined {
	const mdhd = find(moov, "moov", "trak", "mdia", "mdhd");
	return mdhd?.readUInt32BE(mdhd[8] === 1 ? 28 : 20);
}

const typeOf = (box: Buffer) => box.toString("latin1", 4, 8);

/** The first box by this path, `box` itself being the first of it. */
function find(box: Buffer, ...path: readonly string[]): Buffer | null {
	const [own, next, ...rest] = path;
	if (typeOf(box) !== own) return null;
	if (next === undefined) return box;
	for (let at = 8; at + 8 <= box.length;) {
		const child = box.subarray(at, at + Math.max(8, box.readUInt32BE(at)));
		if (typeOf(child) === next) return find(child, next, ...rest);
		at += child.length;
	}
	return null;
}

/** @param place where the box's name stands; version and flags, then the time come after it */
function writeStart(bytes: Buffer, place: number, units: number) {
	if (bytes[place + 4] === 1) bytes.writeBigUInt64BE(BigInt(units), place + 8);
	else bytes.writeUInt32BE(units, place + 8);
}

/** ISO/IEC 14496-12, 8.8: movie fragments. Times in the track's units. */
function readTiming(moof: Buffer): { start: number; duration: number; beginsWithKey: boolean } | null {
	const tfhd = find(moof, "moof", "traf", "tfhd");
	const tfdt = find(moof, "moof", "traf", "tfdt");
	const trun = find(moof, "moof", "traf", "trun");
	if (!tfhd || !tfdt || !trun) return null;
	const start = tfdt[8] === 1 ? Number(tfdt.readBigUInt64BE(12)) : tfdt.readUInt32BE(12);
	const defaults = readDefaults(tfhd);
	const flags = trun.readUInt32BE(8) & 0xffffff;
	const count = trun.readUInt32BE(12);
	let at = 16 + (flags & 0x1 ? 4 : 0);
	let firstFlags = defaults.flags;
	if (flags & 0x4) {
		firstFlags = trun.readUInt32BE(at);
		at += 4;
	} else if (flags & 0x400) firstFlags = trun.readUInt32BE(at + (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0));
	const rowBytes = [0x100, 0x200, 0x400, 0x800].reduce((bytes, flag) => bytes + (flags & flag ? 4 : 0), 0);
	let duration = flags & 0x100 ? 0 : count * defaults.duration;
	for (let row = 0; flags & 0x100 && row < count; row += 1) duration += trun.readUInt32BE(at + row * rowBytes);
	return { start, duration, beginsWithKey: (firstFlags & notSync) === 0 };
}

/** sample_is_non_sync_sample */
const notSync = 0x10000;

function readDefaults(tfhd: Buffer): { duration: number; flags: number } {
	const present = tfhd.readUInt32BE(8) & 0xffffff;
	let at = 16;
	const next = (flag: number, bytes: number) => {
		if (!(present & flag)) return 0;
		at += bytes;
		return bytes === 4 ? tfhd.readUInt32BE(at - 4) : 0;
	};
	next(0x1, 8);
	next(0x2, 4);
	const duration = next(0x8, 4);
	next(0x10, 4);
	return { duration, flags: next(0x20, 4) };
}
