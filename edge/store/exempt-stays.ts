import type { ExemptStayBody } from "#contract/exempt-stays-api.ts";
import type { ExemptStay } from "#core/occupancy/types.ts";
import type { EdgeStore } from "./open-edge-store.ts";

/** What the server is to be told of an exempt vehicle. */
export interface ToldStay {
	readonly id: string;
	readonly body: ExemptStayBody;
}

/** Vehicles that stood in a lane and were exempt, until they have left and the server knows. */
export class ExemptStays {
	readonly #store: EdgeStore;

	constructor(store: EdgeStore) {
		this.#store = store;
	}

	/** Joins the caller's transaction. Told twice it is one. */
	begin(cameraId: string, laneId: string, stay: ExemptStay): void {
		const { plate, exemption } = stay;
		const body: ExemptStayBody = {
			...{ v: 1, revision: 1, laneId, cameraId },
			...{ enteredAt: Math.round(stay.enteredAt), exemptFrom: stay.exemptFrom, endedAt: null, why: null },
			...{ label: stay.label.slice(0, 40), plate: plate.text, plateClass: plate.plateClass, colour: plate.colour },
			exemption: { reason: exemption.reason, permitId: exemption.reason === "permit" ? exemption.permitId : null },
		};
		this.#store
			.prepare("INSERT OR IGNORE INTO exempt_stays (id, camera_id, body) VALUES (?, ?, ?)")
			.run(stay.id, cameraId, JSON.stringify(body));
	}

	/** Joins the caller's transaction. */
	end(id: string, endedAt: number, why: NonNullable<ExemptStayBody["why"]>): void {
		const known = this.#store.prepare("SELECT body FROM exempt_stays WHERE id = ?").pluck().get(id);
		if (known === undefined) return;
		const body = JSON.parse(known as string) as ExemptStayBody;
		if (body.endedAt === null)
			this.#put(id, { ...body, revision: body.revision + 1, endedAt: Math.round(endedAt), why });
	}

	/** The camera is watched no more. Joins the caller's transaction. */
	endOf(cameraId: string, at: number): void {
		const ids = this.#store
			.prepare("SELECT id FROM exempt_stays WHERE camera_id = ?")
			.pluck()
			.all(cameraId) as string[];
		for (const id of ids) this.end(id, at, "zone_removed");
	}

	/** Those of which the server does not know the latest, the oldest first. */
	toTell(limit: number): ToldStay[] {
		const rows = this.#store
			.prepare("SELECT id, body FROM exempt_stays WHERE told_revision < body ->> 'revision' ORDER BY rowid LIMIT ?")
			.all(limit) as { id: string; body: string }[];
		return rows.map(({ id, body }) => ({ id, body: JSON.parse(body) as ExemptStayBody }));
	}

	/** The server knows it; one that has ended is forgotten here, plate and all. */
	told({ id, body: { revision } }: ToldStay): void {
		this.#store.prepare("UPDATE exempt_stays SET told_revision = ? WHERE id = ?").run(revision, id);
		this.#store
			.prepare("DELETE FROM exempt_stays WHERE id = ? AND body ->> 'revision' = ? AND body ->> 'endedAt' IS NOT NULL")
			.run(id, revision);
	}

	#put(id: string, body: ExemptStayBody): void {
		this.#store.prepare("UPDATE exempt_stays SET body = ? WHERE id = ?").run(JSON.stringify(body), id);
	}
}
