import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { PermitAnswer, PermitBody } from "#contract/policy-api.ts";
import { inVisibleSites, sitesParameter, type VisibleSites } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";

interface Row extends Omit<PermitAnswer, "ended" | "applied"> {
	givenBy: string;
	endedName: string | null;
	endedAt: number | null;
	applied: 0 | 1 | null;
}

/** `until`: when it ends or was ended, whichever comes first. */
const select = `SELECT p.id, p.lane_id AS laneId, l.name AS laneName, p.plate, p.from_at AS "from",
		min(p.until_at, coalesce(p.ended_at, p.until_at)) AS until, p.reason, u.name AS by, p.given_by AS givenBy,
		p.given_at AS at, v.name AS endedName, p.ended_at AS endedAt, e.applied_revision >= e.config_revision AS applied
	FROM permits p
	JOIN lanes l ON l.id = p.lane_id
	JOIN users u ON u.id = p.given_by
	LEFT JOIN users v ON v.id = p.ended_by
	LEFT JOIN zones z ON z.lane_id = p.lane_id
	LEFT JOIN cameras c ON c.id = z.camera_id
	LEFT JOIN edges e ON e.id = c.edge_id`;

export function insertPermit(store: Store, permit: PermitBody & { id: string; userId: string; at: number }): void {
	store
		.prepare(
			`INSERT INTO permits (id, lane_id, plate, from_at, until_at, reason, given_by, given_at)
			VALUES (@id, @laneId, @plate, @from, @until, @reason, @userId, @at)`,
		)
		.run(permit);
}

export function endPermit(store: Store, id: string, { userId, at }: { userId: string; at: number }): void {
	store.prepare("UPDATE permits SET ended_by = ?, ended_at = ? WHERE id = ?").run(userId, at, id);
}

export function findPermit(store: Store, id: string): { permit: PermitAnswer; givenBy: string } | undefined {
	const row = store.prepare<[string], Row>(`${select} WHERE p.id = ?`).get(id);
	return row && { permit: answerOf(row), givenBy: row.givenBy };
}

/** Those that hold or will at `after`, or all where it is null; newest first. */
export function listPermits(
	store: Store,
	{ laneId, after, sites }: { laneId?: string | undefined; after: number | null; sites: VisibleSites },
): PermitAnswer[] {
	const conditions = [
		"l.removed_at IS NULL",
		inVisibleSites("l.site_id"),
		...(laneId === undefined ? [] : ["p.lane_id = @laneId"]),
		...(after === null ? [] : ["p.until_at > @after AND (p.ended_at IS NULL OR p.ended_at > @after)"]),
	];
	return store
		.prepare<[object], Row>(`${select} WHERE ${conditions.join(" AND ")} ORDER BY p.given_at DESC, p.id LIMIT 500`)
		.all({ laneId, after, sites: sitesParameter(sites) })
		.map(answerOf);
}

/** Whether this very plate had a permit over all of this time. */
export function isPermitted(
	store: Store,
	{ laneId, plate, from, until }: { laneId: string; plate: string; from: number; until: number },
): boolean {
	return (
		store
			.prepare(
				`SELECT 1 FROM permits WHERE lane_id = @laneId AND plate = @plate AND from_at <= @from
					AND min(until_at, coalesce(ended_at, until_at)) >= @until LIMIT 1`,
			)
			.get({ laneId, plate, from, until }) !== undefined
	);
}

/** A vehicle that stood under a permit counts from its end: the edge must know of it for a while longer. */
const tellEndedMs = 2 * 86_400_000;

export function permitsOfEdge(store: Store, edgeId: string, now: number): EdgeConfigAnswer["permits"] {
	return store
		.prepare<[object], EdgeConfigAnswer["permits"][number]>(
			`SELECT p.id, p.lane_id AS laneId, p.plate, p.from_at AS "from",
				min(p.until_at, coalesce(p.ended_at, p.until_at)) AS until
			FROM permits p
			JOIN zones z ON z.lane_id = p.lane_id
			JOIN cameras c ON c.id = z.camera_id
			WHERE c.edge_id = @edgeId AND p.until_at > @since AND coalesce(p.ended_at, p.until_at) > max(p.from_at, @since)
			ORDER BY p.from_at, p.id`,
		)
		.all({ edgeId, since: now - tellEndedMs });
}

function answerOf({
	id,
	laneId,
	laneName,
	plate,
	from,
	until,
	reason,
	by,
	at,
	endedName,
	endedAt,
	applied,
}: Row): PermitAnswer {
	const ended = endedName !== null && endedAt !== null ? { by: endedName, at: endedAt } : null;
	return { id, laneId, laneName, plate, from, until, reason, by, at, ended, applied: applied === 1 };
}
