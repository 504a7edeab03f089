import { join } from "node:path";
import type { Store } from "../store/open-store.ts";

/** `drill-photos/<id>` */
export const drillPhotosFolder = (dataFolder: string) => join(dataFolder, "drill-photos");
export const drillPhotoFile = (dataFolder: string, id: string) => join(drillPhotosFolder(dataFolder), id);

export interface DrillPhoto {
	readonly id: string;
	readonly siteId: string;
	readonly bytes: number;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly sha256: string;
	readonly takenAt: number | null;
	readonly storedBy: string;
	readonly storedAt: number;
}

const select = `SELECT id, site_id AS siteId, bytes, width_px AS widthPx, height_px AS heightPx, sha256,
	taken_at AS takenAt, stored_by AS storedBy, stored_at AS storedAt FROM drill_photos`;

export const findDrillPhoto = (store: Store, id: string): DrillPhoto | undefined =>
	store.prepare<[string], DrillPhoto>(`${select} WHERE id = ?`).get(id);

export const listDrillPhotos = (store: Store): readonly DrillPhoto[] =>
	store.prepare<[], DrillPhoto>(`${select} ORDER BY stored_at`).all();

/** Only once its file lies whole and fsynced in its place. */
export function insertDrillPhoto(store: Store, photo: DrillPhoto): void {
	store
		.prepare(
			`INSERT INTO drill_photos (id, site_id, bytes, width_px, height_px, sha256, taken_at, stored_by, stored_at)
			VALUES (@id, @siteId, @bytes, @widthPx, @heightPx, @sha256, @takenAt, @storedBy, @storedAt)`,
		)
		.run(photo);
}

/** Photos that were stored before `before` and that no record names. */
export const deleteUnnamedPhotos = (store: Store, before: number): void =>
	void store
		.prepare(
			`DELETE FROM drill_photos WHERE stored_at < ? AND id NOT IN (SELECT photo.value
				FROM drills d, json_each(d.record, '$.lanes') lane, json_each(lane.value, '$.photos') photo)`,
		)
		.run(before);
