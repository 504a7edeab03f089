import { type StatsFs, statfsSync } from "node:fs";
import { statfs } from "node:fs/promises";

/** What a program that is not root may still write where this folder is. */
export const freeBytes = async (folder: string): Promise<number> => bytesOf(await statfs(folder));

/** @returns null where it cannot be told */
export function freeBytesNow(folder: string): number | null {
	try {
		return bytesOf(statfsSync(folder));
	} catch {
		return null;
	}
}

const bytesOf = ({ bavail, bsize }: StatsFs) => bavail * bsize;
