import type { Store } from "../store/open-store.ts";

export interface SoundRow {
	readonly words: string;
	/** G.711 µ-law. */
	readonly muLaw: Buffer;
	readonly by: string;
	readonly at: number;
}

export const findSound = (store: Store, cameraId: string): SoundRow | undefined =>
	store
		.prepare<[string], SoundRow>(
			`SELECT s.words, s.mu_law AS muLaw, u.name AS by, s.at FROM camera_sounds s JOIN users u ON u.id = s.recorded_by
			WHERE s.camera_id = ?`,
		)
		.get(cameraId);

/** What the camera says, in words; null where nothing was recorded. */
export const wordsOf = (store: Store, cameraId: string): string | null =>
	store.prepare<[string], string>("SELECT words FROM camera_sounds WHERE camera_id = ?").pluck().get(cameraId) ?? null;

export function putSound(
	store: Store,
	cameraId: string,
	sound: Omit<SoundRow, "by"> & { readonly userId: string },
): void {
	store
		.prepare(
			`INSERT OR REPLACE INTO camera_sounds (camera_id, words, mu_law, recorded_by, at)
			VALUES (@cameraId, @words, @muLaw, @userId, @at)`,
		)
		.run({ cameraId, ...sound });
}

export function deleteSound(store: Store, cameraId: string): void {
	store.prepare("DELETE FROM camera_sounds WHERE camera_id = ?").run(cameraId);
}

/** @returns whether that is news */
export const noteAudioOut = (store: Store, cameraId: string, hasAudioOut: boolean): boolean =>
	store
		.prepare("UPDATE cameras SET audio_out = @has WHERE id = @cameraId AND audio_out IS NOT @has")
		.run({ cameraId, has: hasAudioOut ? 1 : 0 }).changes > 0;
