import type { Store } from "../store/open-store.ts";

/** Each photo that a record of a drill names is there. */
export function* missingDrillPhotos(store: Store): Generator<string> {
	const missing = store.prepare<[], { drillId: string; photoId: string }>(
		`SELECT d.id AS drillId, photo.value AS photoId FROM drills d, json_each(d.record, '$.lanes') lane,
			json_each(lane.value, '$.photos') photo
		WHERE NOT EXISTS (SELECT 1 FROM drill_photos p WHERE p.id = photo.value AND p.site_id = d.site_id)`,
	);
	for (const { drillId, photoId } of missing.iterate()) yield `drill ${drillId}: its photo ${photoId} is missing`;
}
