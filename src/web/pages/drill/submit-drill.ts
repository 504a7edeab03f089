import type { DrillRecord } from "#contract/drills-api.ts";
import { ApiError } from "../../api/http.ts";
import { loadDrills, putDrill, putDrillPhoto } from "../../api/station-api.ts";
import type { DrillDraft } from "./drill-draft.ts";
import { dropDraft, dropPhoto, photosOf } from "./draft-store.ts";

/** What became of sending a record. */
export type Submitted =
	| { readonly state: "saved" }
	/** No network, or the server is not there: it stays on this device and is tried again. */
	| { readonly state: "waiting" }
	/** The server cannot read this photo. */
	| { readonly state: "photo_refused"; readonly photoId: string }
	| { readonly state: "late"; readonly by: string; readonly at: number; readonly isCorrection: boolean }
	| { readonly state: "failed"; readonly error: unknown };

/**
 * Sends photos that the server does not have yet, then the record that names them. Whatever was sent before is sent again under
 * the same id, and is there once.
 *
 * @param seen the last record of this site that the writer saw; null: the newest that there is
 */
export async function submitDrill(
	{ id, siteId, corrects }: DrillDraft,
	record: DrillRecord,
	seen: number | null,
): Promise<Submitted> {
	try {
		for (const { id: photoId, photo } of await photosOf(id)) {
			try {
				await putDrillPhoto(siteId, photoId, photo);
			} catch (error) {
				if (isOfThePhoto(error)) return { state: "photo_refused", photoId };
				throw error;
			}
			await dropPhoto(photoId);
		}
		await putDrill(siteId, id, { seen: seen ?? (await lastSeen(siteId)), record, corrects });
		await dropDraft(id);
		return { state: "saved" };
	} catch (error) {
		return outcomeOf(error);
	}
}

/** The position of the newest record of a site. */
export async function lastSeen(siteId: string): Promise<number> {
	const { drills } = await loadDrills({ siteId, limit: 1 });
	return drills[0]?.position ?? 0;
}

function outcomeOf(error: unknown): Submitted {
	if (!(error instanceof ApiError)) return { state: "failed", error };
	const [last] = error.meanwhile.slice(-1);
	if (error.code === "changed_meanwhile" && last) {
		return { state: "late", by: last.by, at: last.at, isCorrection: last.kind === "correction" };
	}
	const comesBack = error.httpStatus === 0 || error.httpStatus >= 500;
	return comesBack && error.code !== "bad_answer" ? { state: "waiting" } : { state: "failed", error };
}

const isOfThePhoto = (error: unknown) => error instanceof ApiError && [413, 415, 422].includes(error.httpStatus);
