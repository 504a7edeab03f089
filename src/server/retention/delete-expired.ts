import { readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RetentionClass, RetentionDays } from "#core/retention/retention.ts";
import { evidenceFile, evidenceFolder, playableFolder, syncFile } from "../evidence/evidence-files.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { deleteAnnouncementsBefore } from "../notices/announcements-store.ts";
import { dropFrozenFiles, transfersFolder } from "../transfers/frozen-files.ts";
import { forgetTransfers, forgottenTransfers } from "../transfers/transfers-store.ts";
import { filesToDelete, findExpired, type FileToDelete, settleDeleted } from "./retention-store.ts";

type DeletingParts = Pick<ServerParts, "store" | "feed" | "config" | "now" | "log">;

/** So many alerts a round: a server that was away for a year goes on answering. */
const mostARound = 500;
const dayMs = 86_400_000;

/**
 * Deletes the photos, clips and plates of alerts whose time is over. First the rows go, with their ledger rows, in one
 * transaction an alert; then the files. What a kill leaves in between is taken up again at the next round.
 */
export async function deleteExpired(parts: DeletingParts): Promise<void> {
	const { store, config, now, log } = parts;
	let count = 0;
	for (const expired of findExpired(store, config.retention, now())) {
		if (count++ >= mostARound) break;
		forget(parts, expired.alertId, expired.class, config.retention);
	}
	deleteAnnouncementsBefore(store, now() - config.retention.transferred * dayMs);
	if (count > 0) log.info({ alerts: Math.min(count, mostARound) }, "evidence whose time is over is deleted");
	const failures: unknown[] = [];
	for (const file of filesToDelete(store)) {
		await remove(config.dataFolder, store, file).catch((error: unknown) => failures.push(error));
	}
	await dropForgotten(config.dataFolder, store);
	if (failures.length > 0) throw failures[0];
}

/** Only what is still there: forgotten transfers grow in number for ever, their folders do not. */
async function dropForgotten(dataFolder: string, store: Store): Promise<void> {
	const there = new Set(await readdir(transfersFolder(dataFolder)).catch(() => []));
	for (const number of forgottenTransfers(store)) {
		if (there.has(number)) await dropFrozenFiles(dataFolder, number);
	}
}

interface Doomed {
	readonly id: string;
	readonly bytes: number;
	readonly sha256: string;
}

function forget({ store, feed, now }: DeletingParts, alertId: string, of: RetentionClass, days: RetentionDays): void {
	store.transaction(() => {
		const at = now();
		const files = store
			.prepare<[string], Doomed>("SELECT id, bytes, sha256 FROM evidence WHERE alert_id = ? ORDER BY stored_at, rowid")
			.all(alertId);
		for (const { id, bytes, sha256 } of files) {
			appendToLedger(store, {
				...{ at, who: { kind: "system", id: "retention" }, what: "deleted", on: { kind: "evidence", id }, alertId },
				...{ why: `${of}: kept for ${days[of]} days`, detail: { bytes, sha256 } },
			});
			store.prepare("INSERT OR IGNORE INTO files_to_delete (alert_id, evidence_id) VALUES (?, ?)").run(alertId, id);
		}
		for (const statement of forgetting) store.prepare(statement).run(alertId);
		forgetTransfers(store, alertId, at);
		const known = store.prepare("UPDATE alerts SET evidence_deleted_at = ? WHERE id = ?").run(at, alertId);
		if (known.changes > 0) feed.append("alert", alertId, at);
	})();
}

/** All that tells of persons. Who reviewed and where it was transferred to stays. */
const forgetting = [
	"DELETE FROM evidence WHERE alert_id = ?",
	"DELETE FROM evidence_sets WHERE alert_id = ?",
	"UPDATE review_steps SET plate = NULL WHERE alert_id = ?",
	// The files go with the next round of the house.
	"UPDATE handling_photos SET deleted_at = unixepoch() * 1000 WHERE alert_id = ? AND deleted_at IS NULL",
	// Whom the program told by push says nothing once name and words are gone, and there are many of them.
	"DELETE FROM notices WHERE alert_id = ? AND push_to IS NOT NULL",
	"UPDATE notices SET text = '', phone = NULL, phone_shown = NULL WHERE alert_id = ?",
];

async function remove(dataFolder: string, store: Store, file: FileToDelete): Promise<void> {
	const path = evidenceFile(dataFolder, file);
	await rm(path, { force: true });
	await rm(join(playableFolder(dataFolder), `${file.id}.mp4`), { force: true });
	const folder = dirname(path);
	const isGone = await rmdir(folder).then(
		() => true,
		({ code }: NodeJS.ErrnoException) => code === "ENOENT", // else: there are more files in it
	);
	await syncFile(isGone ? evidenceFolder(dataFolder) : folder);
	settleDeleted(store, file);
}
