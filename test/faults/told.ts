import Database from "better-sqlite3";

/** As the server has it. */
export interface AlertSeen {
	readonly id: string;
	readonly enteredAt: number;
	readonly raisedAt: number;
	readonly clearedAt: number | null;
	/** Nothing is to come any more, and each file that was taken is there. */
	readonly isWhole: boolean;
}

/** What the server was told, read off its database. What cannot be read now is as it was read last. */
export class Told {
	readonly #file: string;
	#database: Database.Database | null = null;
	#alerts: readonly AlertSeen[] = [];

	constructor(file: string) {
		this.#file = file;
	}

	/** All so far, in the order of their entries. */
	alerts(): readonly AlertSeen[] {
		this.#alerts = this.#read(readAlerts) ?? this.#alerts;
		return this.#alerts;
	}

	/** As the wall shows it: what an absent edge said last is unknown. */
	laneState(): string {
		return this.#read(readState) ?? "not to be read";
	}

	/** How many lanes of such names are told, and not as unknown. */
	lanesKnown(prefix: string): number {
		return this.#read((database) => countKnown(database, prefix)) ?? 0;
	}

	/** The disk is wanted by others; whoever reads next opens it again. */
	letGo(): void {
		this.#database?.close();
		this.#database = null;
	}

	#read<T>(what: (database: Database.Database) => T): T | null {
		try {
			this.#database ??= new Database(this.#file, { readonly: true, fileMustExist: true });
			return what(this.#database);
		} catch {
			this.letGo();
			return null;
		}
	}
}

function readAlerts(database: Database.Database): readonly AlertSeen[] {
	return database
		.prepare<[], Omit<AlertSeen, "isWhole"> & { isWhole: number }>(
			`SELECT a.id, a.entered_at AS enteredAt, a.raised_at AS raisedAt, a.cleared_at AS clearedAt,
				coalesce((SELECT json_extract(s.body, '$.complete') = 1 AND NOT EXISTS (
					SELECT 1 FROM json_each(s.body, '$.items') i WHERE i.value ->> 'state' = 'taken'
						AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.id = i.value ->> 'id'))
				FROM evidence_sets s WHERE s.alert_id = a.id), 0) AS isWhole
			FROM alerts a WHERE a.lane_id = 'lane-1' ORDER BY a.entered_at`,
		)
		.all()
		.map((row) => ({ ...row, isWhole: row.isWhole === 1 }));
}

function readState(database: Database.Database): string {
	const row = database
		.prepare<[], { state: string | null; edge: string | null }>(
			`SELECT l.state, e.state AS edge FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id
				JOIN edges e ON e.id = c.edge_id WHERE l.id = 'lane-1'`,
		)
		.get();
	return row?.edge === "online" ? (row.state ?? "unknown") : "unknown";
}

function countKnown(database: Database.Database, prefix: string): number {
	const row = database
		.prepare<[string], { n: number }>(
			`SELECT count(*) AS n FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id
				JOIN edges e ON e.id = c.edge_id
			WHERE l.id LIKE ? || '%' AND l.removed_at IS NULL AND e.state = 'online' AND coalesce(l.state, 'unknown') <> 'unknown'`,
		)
		.get(prefix);
	return row?.n ?? 0;
}
