import { readdir, rm, stat } from "node:fs/promises";
import { sha256Of } from "#platform/digest.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { refuseWhenFull } from "../evidence/evidence-actions.ts";
import { makeFolderDurably } from "../evidence/evidence-files.ts";
import { ApiError } from "../http/api-error.ts";
import { readMarkingPicture, takenAt } from "../markings/marking-picture.ts";
import type { ServerParts } from "../server-parts.ts";
import {
	deleteUnnamedPhotos,
	drillPhotoFile,
	drillPhotosFolder,
	findDrillPhoto,
	insertDrillPhoto,
	listDrillPhotos,
} from "./drill-photos-store.ts";

/**
 * A photo of a drill, decoded and written anew: of what the tablet wrote into it the time alone stays. Its file lies whole on
 * the disk before there is a row. Sent again under the same id it is there once.
 *
 * @throws ApiError 409 id_taken; 415, 422: see `readMarkingPicture`; 507
 */
export async function storeDrillPhoto(
	{ store, config, now }: ServerParts,
	{ siteId, photoId }: { readonly siteId: string; readonly photoId: string },
	bytes: Buffer,
	{ user }: SignedIn,
): Promise<void> {
	const isThere = () => {
		const known = findDrillPhoto(store, photoId);
		if (!known) return false;
		if (known.siteId === siteId && known.storedBy === user.id) return true;
		throw new ApiError(409, "id_taken", "Another photo has this id.");
	};
	if (isThere()) return;
	const picture = await readMarkingPicture(bytes);
	const { content, widthPx, heightPx } = picture;
	await refuseWhenFull(config.dataFolder, config.evidence.minFreeBytes + content.length);
	await makeFolderDurably(config.dataFolder, "drill-photos");
	await writeAtomically(drillPhotoFile(config.dataFolder, photoId), content);
	store
		.transaction(() => {
			if (isThere()) return; // it came twice at once; the file is the same
			insertDrillPhoto(store, {
				...{ id: photoId, siteId, bytes: content.length, widthPx, heightPx, sha256: sha256Of(content) },
				...{ takenAt: takenAt(picture, config.timeZone), storedBy: user.id, storedAt: now() },
			});
		})
		.immediate();
}

/** A tablet may be without a network for days; a draft that was given up leaves its photos. */
const keepUnnamedMs = 30 * 86_400_000;
/** So long a file may wait for its row. */
const strayAfterMs = 3_600_000;

/** Takes away photos that no record names, and files that a kill left. */
export async function removeStrayDrillPhotos(
	{ store, config, now }: Pick<ServerParts, "store" | "config" | "now">,
	olderThanMs = strayAfterMs,
): Promise<void> {
	deleteUnnamedPhotos(store, now() - keepUnnamedMs);
	const names = await readdir(drillPhotosFolder(config.dataFolder)).catch(() => []);
	const known = new Set(listDrillPhotos(store).map(({ id }) => id));
	for (const name of names.filter((each) => !known.has(each))) {
		const file = drillPhotoFile(config.dataFolder, name);
		const found = await stat(file).catch(() => null);
		if (found && Date.now() - found.ctimeMs >= olderThanMs) await rm(file, { force: true });
	}
}
