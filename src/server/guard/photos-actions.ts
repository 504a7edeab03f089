import { readdir, rm, stat } from "node:fs/promises";
import type { z } from "zod";
import type { photoQuery } from "#contract/guard-api.ts";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { refuseForeign, requireAlert } from "../alerts/alerts-actions.ts";
import { refuseWhenFull } from "../evidence/evidence-actions.ts";
import { makeFolderDurably } from "../evidence/evidence-files.ts";
import { insertEntry } from "../handling/entries-store.ts";
import { handlingOf, isSentAgain, requireHandling, tellCase, timesOf } from "../handling/handling-actions.ts";
import { readMarkingPicture, takenAt } from "../markings/marking-picture.ts";
import type { ServerParts } from "../server-parts.ts";
import { insertPhoto, listPhotos, photoFile, photosFolder } from "./photos-store.ts";

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
	const { content, widthPx, heightPx } = picture;
	await refuseWhenFull(config.dataFolder, config.evidence.minFreeBytes + content.length);
	await makeFolderDurably(config.dataFolder, "handling-photos");
	await writeAtomically(photoFile(config.dataFolder, photoId), content);
	const added = store.transaction(() => {
		if (isAgain()) return false; // it came twice at once; the file is the same
		const position = insertEntry(store, {
			...{ alertId, kind: "photo", by: user.id, at: receivedAt, madeId: photoId },
			...timesOf({ doneAt, sentAt }, receivedAt),
		});
		insertPhoto(store, {
			...{ id: photoId, alertId, position, moment, bytes: content.length, widthPx, heightPx },
			...{ sha256: sha256Of(content), takenAt: takenAt(picture, config.timeZone) },
		});
		tellCase(feed, requireHandling(store, alertId), receivedAt);
		return true;
	})();
	return { added, answer: handlingOf(store, alertId, signedIn) };
}

/** So long a file may wait for its row, and one without a row for being taken away. */
export const strayAfterMs = 3_600_000;

/** Takes away what a kill left, and what retention said is over. */
export async function removeStrayPhotos({ store, config }: Pick<ServerParts, "store" | "config">): Promise<void> {
	const names = await readdir(photosFolder(config.dataFolder)).catch(() => []);
	const known = new Set(listPhotos(store).map(({ id }) => id));
	for (const name of names.filter((each) => !known.has(each))) {
		const file = photoFile(config.dataFolder, name);
		const found = await stat(file).catch(() => null);
		if (found && Date.now() - found.ctimeMs >= strayAfterMs) await rm(file, { force: true });
	}
}
