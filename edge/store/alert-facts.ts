import type { EdgeStore } from "./open-edge-store.ts";

/** What a manifest says of an alert beside its files. */
export interface AlertFacts {
	readonly alertId: string;
	readonly cameraId: string;
	readonly zoneId: string;
	readonly laneId: string;
	readonly enteredAt: number;
	readonly raisedAt: number;
	readonly clearedAt: number | null;
	/** What held for the zone when the alert was raised; empty where nobody said. */
	readonly policy: Readonly<Record<string, number>>;
	readonly lawBasis: string | null;
}

/** So long after an alert was cleared something of it may still be made. */
const keepAfterClearedMs = 24 * 3_600_000;

/** Evidence of an alert that stands here is sealed before it is sent. */
export class AlertFactsStore {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	/** Joins the caller's transaction. */
	put({ policy, ...facts }: AlertFacts): void {
		this.#store
			.prepare(
				`INSERT OR IGNORE INTO alert_facts
				(alert_id, camera_id, zone_id, lane_id, entered_at, raised_at, cleared_at, policy, law_basis)
				VALUES (@alertId, @cameraId, @zoneId, @laneId, @enteredAt, @raisedAt, @clearedAt, @policy, @lawBasis)`,
			)
			.run({ ...facts, policy: JSON.stringify(policy) });
	}

	/** Joins the caller's transaction. */
	cleared(alertId: string, clearedAt: number): void {
		this.#store.prepare("UPDATE alert_facts SET cleared_at = ? WHERE alert_id = ?").run(clearedAt, alertId);
	}

	find(alertId: string): AlertFacts | undefined {
		const row = this.#store
			.prepare(
				`SELECT alert_id AS alertId, camera_id AS cameraId, zone_id AS zoneId, lane_id AS laneId,
					entered_at AS enteredAt, raised_at AS raisedAt, cleared_at AS clearedAt, policy, law_basis AS lawBasis
				FROM alert_facts WHERE alert_id = ?`,
			)
			.get(alertId) as (Omit<AlertFacts, "policy"> & { policy: string }) | undefined;
		return row && { ...row, policy: JSON.parse(row.policy) as AlertFacts["policy"] };
	}

	/** Those of which nothing waits and nothing comes any more. */
	forgetSettled(now: number): void {
		this.#store
			.prepare(`DELETE FROM alert_facts WHERE cleared_at < ? AND alert_id NOT IN (SELECT alert_id FROM evidence_jobs)`)
			.run(now - keepAfterClearedMs);
	}
}
