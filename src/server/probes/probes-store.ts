import type { JobResultBody, ProbeJob } from "#contract/edge-jobs.ts";
import { placeOf } from "../secrets/sealed-values.ts";
import { vaultOf } from "../secrets/vault.ts";
import type { Store } from "../store/open-store.ts";

/** What the edge is asked to connect to; with its password, hence sealed, and wiped as soon as the job is done. */
export type ProbeRequest = Pick<ProbeJob, "url" | "transport">;

export interface ProbeRow {
	readonly id: string;
	readonly edgeId: string;
	readonly request: ProbeRequest | null;
	readonly result: JobResultBody | null;
	readonly createdAt: number;
}

interface Row {
	id: string;
	edgeId: string;
	request: string;
	result: string | null;
	createdAt: number;
}

export function insertProbe(
	store: Store,
	probe: { id: string; edgeId: string; request: ProbeRequest; createdAt: number },
): void {
	store
		.prepare("INSERT INTO jobs (id, edge_id, kind, request, created_at) VALUES (?, ?, 'probe', ?, ?)")
		.run(
			probe.id,
			probe.edgeId,
			vaultOf(store).seal(JSON.stringify(probe.request), placeOf("jobs", probe.id)),
			probe.createdAt,
		);
}

export function findProbe(store: Store, id: string): ProbeRow | undefined {
	const row = store
		.prepare<[string], Row>(
			"SELECT id, edge_id AS edgeId, request, result, created_at AS createdAt FROM jobs WHERE id = ? AND kind = 'probe'",
		)
		.get(id);
	return (
		row && {
			...row,
			request:
				row.request === "" ? null : (JSON.parse(vaultOf(store).open(row.request, placeOf("jobs", id))) as ProbeRequest),
			result: row.result === null ? null : (JSON.parse(row.result) as JobResultBody),
		}
	);
}

export function setFetched(store: Store, id: string, at: number): void {
	store.prepare("UPDATE jobs SET fetched_at = coalesce(fetched_at, ?) WHERE id = ?").run(at, id);
}

/** The first result stays. */
export function setResult(store: Store, id: string, result: JobResultBody, at: number): void {
	store
		.prepare("UPDATE jobs SET result = ?, request = '', done_at = ? WHERE id = ? AND done_at IS NULL")
		.run(JSON.stringify(result), at, id);
}

export function deleteProbesBefore(store: Store, at: number): void {
	store.prepare("DELETE FROM jobs WHERE kind = 'probe' AND created_at < ?").run(at);
}
