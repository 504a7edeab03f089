import type { SignedIn } from "../accounts/sessions-store.ts";
import { ApiError } from "../http/api-error.ts";
import { readMarkingPicture, takenAt } from "../markings/marking-picture.ts";
import { storePicture } from "../pictures/store-picture.ts";
import { removeStrayFiles } from "../pictures/stray-files.ts";
import type { ServerParts } from "../server-parts.ts";
import {
	deleteUnnamedPhotos,
	drillPhotoFile,
	drillPhotosFolder,
	findDrillPhoto,
	insertDrillPhoto,
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
	const file = await storePicture(config, drillPhotoFile(config.dataFolder, photoId), picture);
	store
		.transaction(() => {
			if (isThere()) return; // it came twice at once; the file is the same
			insertDrillPhoto(store, {
				...{ id: photoId, siteId, ...file },
				...{ takenAt: takenAt(picture, config.timeZone), storedBy: user.id, storedAt: now() },
			});
		})
		.immediate();
}

/** A tablet may be without a network for days; a draft that was given up leaves its photos. */
const keepUnnamedMs = 30 * 86_400_000;

/** Takes away photos that no record names, and files that a kill left. */
export async function removeStrayDrillPhotos(
	{ store, config, now }: Pick<ServerParts, "store" | "config" | "now">,
	olderThanMs?: number,
): Promise<void> {
	deleteUnnamedPhotos(store, now() - keepUnnamedMs);
	const isKnown = (id: string) => findDrillPhoto(store, id) !== undefined;
	await removeStrayFiles(drillPhotosFolder(config.dataFolder), isKnown, olderThanMs);
}
