import { join } from "node:path";
import type { PhotoMoment } from "#contract/guard-api.ts";
import type { Store } from "../store/open-store.ts";

/** `handling-photos/<id>` */
export const photosFolder = (dataFolder: string) => join(dataFolder, "handling-photos");
export const photoFile = (dataFolder: string, id: string) => join(photosFolder(dataFolder), id);

export interface PhotoRow {
	readonly id: string;
	readonly alertId: string;
	readonly position: number;
	readonly moment: PhotoMoment;
	readonly bytes: number;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly sha256: string;
	/** As the phone wrote it into the picture, by its clock. */
	readonly takenAt: number | null;
}

const select = `SELECT id, alert_id AS alertId, position, moment, bytes, width_px AS widthPx, height_px AS heightPx, sha256,
	taken_at AS takenAt FROM handling_photos WHERE deleted_at IS NULL`;

export function findPhoto(store: Store, id: string): PhotoRow | undefined {
	return store.prepare<[string], PhotoRow>(`${select} AND id = ?`).get(id);
}

export const listPhotos = (store: Store): readonly PhotoRow[] =>
	store.prepare<[], PhotoRow>(`${select} ORDER BY position`).all();

/** Only once its file lies whole and fsynced in its place. */
export function insertPhoto(store: Store, photo: PhotoRow): void {
	store
		.prepare(
			`INSERT INTO handling_photos (id, alert_id, position, moment, bytes, width_px, height_px, sha256, taken_at)
			VALUES (@id, @alertId, @position, @moment, @bytes, @widthPx, @heightPx, @sha256, @takenAt)`,
		)
		.run(photo);
}
