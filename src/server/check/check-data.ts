import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { filesToDelete } from "../retention/retention-store.ts";
import type { Store } from "../store/open-store.ts";
import { evidenceFolder, evidenceFile } from "../evidence/evidence-files.ts";
import { listEvidence } from "../evidence/evidence-store.ts";
import { missingDrillPhotos } from "./check-drill-photos.ts";
import { brokenFiles } from "./check-files.ts";
import { brokenHistory } from "./check-history.ts";
import { brokenLedger } from "./check-ledger.ts";
import { brokenManifests } from "./check-manifests.ts";
import { strayMarkingFiles } from "./check-markings.ts";
import { brokenTransfers } from "./check-transfers.ts";
import { storedFiles } from "./promised-files.ts";

/** A file may be so old before its row must be there: the server may be taking it in right now. */
const settlingMs = 60_000;

/** What the server promises of its data, each promise that does not hold as one sentence with the name of what is broken. */
export async function* findBrokenPromises(store: Store, dataFolder: string): AsyncGenerator<string> {
	yield* brokenDatabase(store);
	yield* brokenAlerts(store);
	yield* brokenHistory(store);
	yield* brokenFiles([...storedFiles(store)], dataFolder);
	yield* strayFiles(store, dataFolder);
	yield* strayMarkingFiles(store, dataFolder);
	yield* missingDrillPhotos(store);
	yield* brokenTransfers(store, dataFolder);
	yield* brokenManifests(store);
	yield* brokenLedger(store);
}

function* brokenDatabase(store: Store): Generator<string> {
	for (const { integrity_check: said } of store.pragma("integrity_check") as { integrity_check: string }[]) {
		if (said !== "ok") yield `database: ${said}`;
	}
	for (const row of store.pragma("foreign_key_check") as { table: string; rowid: number; parent: string }[]) {
		yield `database: row ${row.rowid} of ${row.table} points to nothing in ${row.parent}`;
	}
}

const alertPromises = [
	{
		where: "raised_at IS NULL AND cleared_at IS NULL",
		broken: "was neither raised nor cleared",
	},
	{
		where:
			"raised_at IS NOT NULL AND (entered_at IS NULL OR cause IS NULL OR label IS NULL OR confidence IS NULL OR box IS NULL)",
		broken: "was raised without all that a raise tells",
	},
	{ where: "entered_at > raised_at", broken: "was raised before something entered" },
	{ where: "raised_at > cleared_at", broken: "was cleared before it was raised" },
	{ where: "(cleared_at IS NULL) <> (cleared_by IS NULL)", broken: "does not say who cleared it, or when" },
	{ where: "box IS NOT NULL AND json_valid(box) = 0", broken: "has a box that cannot be read" },
	{ where: "outline IS NOT NULL AND json_valid(outline) = 0", broken: "has an outline that cannot be read" },
] as const;

function* brokenAlerts(store: Store): Generator<string> {
	for (const { where, broken } of alertPromises) {
		for (const { id } of store.prepare<[], { id: string }>(`SELECT id FROM alerts WHERE ${where}`).iterate()) {
			yield `alert ${id}: ${broken}`;
		}
	}
	const twoOpen = store.prepare<[], { laneId: string; n: number }>(
		`SELECT lane_id AS laneId, count(*) AS n FROM alerts WHERE raised_at IS NOT NULL AND cleared_at IS NULL
		GROUP BY lane_id, edge_id HAVING n > 1`,
	);
	for (const { laneId, n } of twoOpen.iterate()) yield `lane ${laneId}: has ${n} open alerts`;
	const foreign = store.prepare<[], { id: string }>(
		"SELECT e.id FROM evidence e JOIN alerts a ON a.id = e.alert_id WHERE a.edge_id <> e.edge_id",
	);
	for (const { id } of foreign.iterate()) yield `evidence ${id}: is by another edge than its alert`;
}

async function* strayFiles(store: Store, dataFolder: string): AsyncGenerator<string> {
	const root = evidenceFolder(dataFolder);
	const rows = [...listEvidence(store), ...filesToDelete(store)];
	const known = new Set(rows.map((evidence) => evidenceFile(dataFolder, evidence)));
	const names = await readdir(root, { recursive: true }).catch(() => []);
	for (const name of names.sort()) {
		const file = join(root, name);
		const found = await stat(file).catch(() => null);
		if (!found || found.isDirectory() || known.has(file) || Date.now() - found.ctimeMs < settlingMs) continue;
		yield `${file}: no row tells of this file`;
	}
}
