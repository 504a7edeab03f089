import { InputError } from "#platform/input-error.ts";
import { findEdge } from "../edges/edges-store.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import { findManifest } from "../seals/manifests-store.ts";
import type { Store } from "../store/open-store.ts";
import type { Foreign } from "./foreign.ts";
import { isForeignEdge } from "./imports-store.ts";

/** What is ours stays ours: nothing of another Keepclear takes its place or stands among it. @throws InputError */
export function refuseConflicts(store: Store, place: string, { record, edgeId, manifests }: Foreign): void {
	const refuse = (why: string) => new InputError(`${place}: cannot be taken in: ${why}`);
	// An alert that is open calls for somebody to come, who cannot.
	if (record.clearedAt === null)
		throw refuse("its alert was still open when it went out: have it sent again once it is over");
	if (findEdge(store, edgeId) && !isForeignEdge(store, edgeId))
		throw refuse(`this Keepclear has an edge ${edgeId} of its own`);
	const isOurs = (table: "lanes" | "cameras", id: string) =>
		store.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
	if (isOurs("lanes", record.laneId)) throw refuse(`this Keepclear has a lane ${record.laneId} of its own`);
	if (isOurs("cameras", record.cameraId)) throw refuse(`this Keepclear has a camera ${record.cameraId} of its own`);
	const known = store
		.prepare<[string], { edgeId: string; deletedAt: number | null }>(
			"SELECT edge_id AS edgeId, evidence_deleted_at AS deletedAt FROM alerts WHERE id = ?",
		)
		.get(record.id);
	if (known && known.edgeId !== edgeId) throw refuse(`alert ${record.id} is here already, by edge ${known.edgeId}`);
	if (typeof known?.deletedAt === "number")
		throw refuse("its evidence was here and was deleted when its time was over");
	for (const { manifest, text } of manifests) {
		const there = findManifest(store, manifest);
		if (there && there.text !== text) throw refuse(`another manifest has the place ${manifest.sequence} of its chain`);
		for (const { id, sha256 } of manifest.files) {
			const stored = findEvidence(store, id);
			if (stored && (stored.sha256 !== sha256 || stored.edgeId !== edgeId))
				throw refuse(`another evidence ${id} is here already`);
		}
	}
}
