import type { Absent } from "#contract/absent-files.ts";
import type { EvidenceSetBody } from "#contract/evidence-set.ts";
import type { PackedEvidence } from "./pack-evidence.ts";

/** Why each sealed file is not in the package, by what the edge told of it. */
export function absentFilesOf({ absent }: Pick<PackedEvidence, "absent">, set: EvidenceSetBody | null): Absent[] {
	const reasonOf = new Map(set?.items.map(({ id, reason }) => [id, reason]));
	return absent.map(({ evidenceId, name, sha256 }) => ({
		...{ name, sha256 },
		why: reasonOf.get(evidenceId) ?? "not_here",
	}));
}
