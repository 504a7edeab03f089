import type { z } from "zod";
import type { photoQuery } from "#contract/guard-api.ts";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { refuseForeign, requireAlert } from "../alerts/alerts-actions.ts";
import { insertEntry } from "../handling/entries-store.ts";
import { handlingOf, isSentAgain, requireHandling, tellCase, timesOf } from "../handling/handling-actions.ts";
import { readMarkingPicture, takenAt } from "../markings/marking-picture.ts";
import { storePicture } from "../pictures/store-picture.ts";
import { removeStrayFiles } from "../pictures/stray-files.ts";
import type { ServerParts } from "../server-parts.ts";
import { findPhoto, insertPhoto, photoFile, photosFolder } from "./photos-store.ts";

/**
 * A photo from the spot, decoded and written anew: of what the phone wrote into it the time alone stays. Its file lies whole
 * on the disk before there is a row. Sent again under the same id it is there once.
 *
 * @throws ApiError 404; 409 id_taken, foreign; 415, 422: see `readMarkingPicture`; 507
 */
export async function storePhoto(
	parts: ServerParts,
	{ alertId, photoId }: { readonly alertId: string; readonly photoId: string },
	{ moment, doneAt, sentAt }: z.output<typeof photoQuery>,
	bytes: Buffer,
	signedIn: SignedIn,
): Promise<{ readonly added: boolean; readonly answer: HandlingAnswer }> {
	const { store, feed, config, now } = parts;
	const { user } = signedIn;
	const receivedAt = now(); // before the work of decoding: the phone's clock is held against this
	requireAlert(store, alertId);
	refuseForeign(store, alertId);
	const isAgain = () => isSentAgain(store, requireHandling(store, alertId), photoId, user.id);
	if (isAgain()) return { added: false, answer: handlingOf(store, alertId, signedIn) };
	const picture = await readMarkingPicture(bytes);
	const file = await storePicture(config, photoFile(config.dataFolder, photoId), picture);
	const added = store.transaction(() => {
		if (isAgain()) return false; // it came twice at once; the file is the same
		const position = insertEntry(store, {
			...{ alertId, kind: "photo", by: user.id, at: receivedAt, madeId: photoId },
			...timesOf({ doneAt, sentAt }, receivedAt),
		});
		insertPhoto(store, {
			...{ id: photoId, alertId, position, moment, ...file },
			takenAt: takenAt(picture, config.timeZone),
		});
		tellCase(feed, requireHandling(store, alertId), receivedAt);
		return true;
	})();
	return { added, answer: handlingOf(store, alertId, signedIn) };
}

/** Takes away what a kill left, and what retention said is over. */
export const removeStrayPhotos = ({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> =>
	removeStrayFiles(photosFolder(config.dataFolder), (id) => findPhoto(store, id) !== undefined);
