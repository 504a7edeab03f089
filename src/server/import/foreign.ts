import type { AlertRecord } from "#contract/alert-record.ts";
import type { EvidenceManifest } from "#contract/evidence-manifest.ts";

/** A package whose every seal was found to hold. */
export interface VerifiedPackage {
	readonly place: string;
	readonly names: readonly string[];
	/** Null where it is larger, or cannot be read whole. */
	read(name: string, mostBytes: number): Promise<Buffer | null>;
}

/** What is taken in: all of one alert, of one edge of another Keepclear. */
export interface Foreign {
	readonly record: AlertRecord;
	readonly edgeId: string;
	readonly manifests: readonly {
		readonly manifest: EvidenceManifest;
		readonly text: string;
		readonly signature: Buffer;
	}[];
	/** What they name and the package holds. */
	readonly sealed: EvidenceManifest["files"];
	/** PEM, by key id. */
	readonly keys: ReadonlyMap<string, string>;
	/** Of SHA256SUMS. */
	readonly sums: string;
}

export interface Imported {
	readonly alertId: string;
	readonly edgeId: string;
	/** How many of each were new. */
	readonly evidence: number;
	readonly manifests: number;
}
