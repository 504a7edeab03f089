/**
 * The codec of a fragmented MP4 as browsers are asked for it (RFC 6381): `avc1.64001f`, `hvc1.1.6.L93.B0`. Empty for others.
 * @param head ftyp and moov
 */
export function codecNameOf(head: Buffer): string {
	const avc = configurationOf(head, "avcC");
	if (avc && avc.length >= 4) return `avc1.${avc.toString("hex", 1, 4)}`;
	const hevc = configurationOf(head, "hvcC");
	if (hevc && hevc.length >= 13) return hevcName(hevc, head.includes("hvc1") ? "hvc1" : "hev1");
	return "";
}

function configurationOf(head: Buffer, box: "avcC" | "hvcC"): Buffer | null {
	const at = head.indexOf(box, 0, "latin1");
	return at < 0 ? null : head.subarray(at + 4);
}

/** ISO/IEC 14496-15, annex E. */
function hevcName(configuration: Buffer, entry: "hvc1" | "hev1"): string {
	const profile = configuration[1] ?? 0;
	const space = ["", "A", "B", "C"][profile >> 6] ?? "";
	const tier = profile & 0x20 ? "H" : "L";
	let compatible = 0;
	const bits = configuration.readUInt32BE(2);
	for (let bit = 0; bit < 32; bit += 1) if (bits & (1 << bit)) compatible |= 1 << (31 - bit);
	const constraints = [...configuration.subarray(6, 12)];
	while (constraints.at(-1) === 0) constraints.pop();
	const rest = constraints.map((byte) => byte.toString(16).toUpperCase());
	const parts = [`${space}${profile & 0x1f}`, (compatible >>> 0).toString(16).toUpperCase()];
	return [entry, ...parts, `${tier}${configuration[12] ?? 0}`, ...rest].join(".");
}
