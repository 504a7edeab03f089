import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { MarkingAnswer, MarkingKind } from "#contract/markings-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { notFound } from "../http/api-error.ts";
import { findLane } from "../lanes/lanes-store.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import { storePicture } from "../pictures/store-picture.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { readMarkingPicture, takenAt } from "./marking-picture.ts";
import { findMarkingOfLane, insertMarking, markingFile, setMarkingRemoved } from "./markings-store.ts";

/**
 * Takes the place of the one before. Its file lies whole on the disk before there is a row; the file of the one before
 * goes after its row said so. A kill in between leaves a file that no row tells of (`keepclear check`).
 *
 * @throws ApiError 404 for a lane that is not there; 415, 422: see `readMarkingPicture`; 507
 */
export async function storeMarking(
	parts: ServerParts,
	{ laneId, kind }: { readonly laneId: string; readonly kind: MarkingKind },
	bytes: Buffer,
	{ user }: SignedIn,
): Promise<MarkingAnswer> {
	const { store, feed, config, now } = parts;
	requireLane(store, laneId);
	const picture = await readMarkingPicture(bytes);
	const id = `marking-${randomBytes(6).toString("hex")}`;
	const file = markingFile(config.dataFolder, id);
	const known = { id, laneId, kind, contentType: "image/jpeg" as const, takenAt: takenAt(picture, config.timeZone) };
	const marking = { ...known, ...(await storePicture(config, file, picture)) };
	try {
		const { before, storedAt } = store.transaction(() => {
			requireLane(store, laneId);
			const storedAt = now();
			const before = removeRow(store, { laneId, kind }, { userId: user.id, at: storedAt, replacedBy: id });
			const ledgerSeq = appendToLedger(store, {
				...{ at: storedAt, who: { kind: "user", id: user.id }, what: "marking_stored", on: { kind: "marking", id } },
				detail: { laneId, kind, bytes: marking.bytes, sha256: marking.sha256 },
			});
			insertMarking(store, { ...marking, storedAt, userId: user.id, ledgerSeq });
			feed.append("lane", laneId, storedAt);
			return { before, storedAt };
		})();
		if (before) await rm(markingFile(config.dataFolder, before.id), { force: true });
		return { ...marking, storedAt, by: user.name };
	} catch (error) {
		await rm(file, { force: true });
		throw error;
	}
}

/** @throws ApiError 404 */
export async function removeMarking(
	parts: ServerParts,
	{ laneId, kind }: { readonly laneId: string; readonly kind: MarkingKind },
	{ user }: SignedIn,
): Promise<void> {
	const { store, feed, config, now } = parts;
	const removed = store.transaction(() => {
		const at = now();
		const row = removeRow(store, { laneId, kind }, { userId: user.id, at, replacedBy: null });
		if (!row) throw notFound("photo");
		feed.append("lane", laneId, at);
		return row;
	})();
	await rm(markingFile(config.dataFolder, removed.id), { force: true });
}

/** In the caller's transaction. Answers the one that held. */
function removeRow(
	store: Store,
	{ laneId, kind }: { readonly laneId: string; readonly kind: MarkingKind },
	by: { readonly userId: string; readonly at: number; readonly replacedBy: string | null },
): MarkingAnswer | undefined {
	const row = findMarkingOfLane(store, laneId, kind);
	if (!row) return undefined;
	const { userId, at, replacedBy } = by;
	setMarkingRemoved(store, row.id, by);
	appendToLedger(store, {
		...{ at, who: { kind: "user", id: userId }, what: "deleted", on: { kind: "marking", id: row.id } },
		detail: { laneId, kind, replacedBy },
	});
	return row;
}

/** @throws ApiError 404 */
export function requireLane(store: Store, laneId: string): void {
	if (!findLane(store, laneId)) throw notFound("lane");
}
