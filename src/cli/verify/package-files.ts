import type { Digest } from "#platform/digest.ts";

/** Where a package's files come from: a folder, a zip. Nothing is ever written. */
export interface PackageFiles {
	/** As the caller named it. */
	readonly place: string;
	/** All files, with `/` between folders, sorted. */
	readonly names: readonly string[];
	/** Null where it is larger than `mostBytes`, or cannot be read whole. */
	read(name: string, mostBytes: number): Promise<Buffer | null>;
	/** A file that cannot be read whole has a digest that no file has. */
	digest(name: string): Promise<Digest>;
}

export const unreadable: Digest = { bytes: 0, sha256: "unreadable" };
