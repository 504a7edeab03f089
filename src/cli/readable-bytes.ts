const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** `1.5 GB`; decimal, as disks are sold. */
export function readableBytes(bytes: number): string {
	const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
	const value = bytes / 1000 ** power;
	return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
