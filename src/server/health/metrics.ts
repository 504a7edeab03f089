import { readdir } from "node:fs/promises";
import { freeBytes } from "#platform/free-bytes.ts";
import { uploadsFolder } from "../evidence/evidence-files.ts";
import { streamHubOf } from "../live/stream-hub.ts";
import type { ServerParts } from "../server-parts.ts";
import { isOfBefore } from "../lanes/lanes-store.ts";
import type { Store } from "../store/open-store.ts";
import type { CertificateKeeper } from "../tls/certificate-keeper.ts";
import { measureCertificates } from "./certificate-metrics.ts";
import { measureEdges } from "./edge-metrics.ts";
import { metersOf } from "./meters.ts";
import { bytesOf, measureProcess } from "./process-metrics.ts";
import { gauge, type Metric, writeMetric } from "./prometheus-text.ts";

/** Prometheus' text format. */
export async function writeMetrics(parts: ServerParts, certificates: CertificateKeeper | null): Promise<string> {
	const metrics = [...(await measure(parts)), ...(await measureCertificates(parts.config, certificates))];
	return metrics.map(writeMetric).join("");
}

async function measure(parts: ServerParts): Promise<readonly Metric[]> {
	const { store, config, notifier, feed } = parts;
	const { streams, viewers } = streamHubOf(parts).count();
	const one = (sql: string) => Number(store.prepare<[], { n: number }>(sql).get()?.n ?? 0);
	return [
		gauge(
			"keepclear_broker_connected",
			"1 while the server is connected to the MQTT broker",
			notifier.connected ? 1 : 0,
		),
		gauge(
			"keepclear_alerts_open",
			"Alerts that are open",
			one("SELECT count(*) AS n FROM alerts WHERE raised_at IS NOT NULL AND cleared_at IS NULL"),
		),
		gauge(
			"keepclear_alerts",
			"Alerts that are kept",
			one("SELECT count(*) AS n FROM alerts WHERE raised_at IS NOT NULL"),
		),
		gauge(
			"keepclear_evidence_bytes",
			"Bytes of evidence that are kept",
			one("SELECT coalesce(sum(bytes), 0) AS n FROM evidence"),
		),
		gauge("keepclear_disk_free_bytes", "Bytes free where the data folder is", await freeBytes(config.dataFolder)),
		gauge("keepclear_disk_mark_bytes", "With fewer bytes free no evidence is taken", config.evidence.minFreeBytes),
		gauge("keepclear_database_bytes", "Size of the database's file", bytesOf(store.name)),
		gauge("keepclear_wal_bytes", "Size of its write-ahead log", bytesOf(`${store.name}-wal`)),
		gauge("keepclear_uploads_in_progress", "Uploads of evidence that were begun", await uploadsInProgress(config)),
		gauge(
			"keepclear_notices_queued",
			"Notices that wait to be sent",
			one("SELECT count(*) AS n FROM notices WHERE state = 'queued'"),
		),
		gauge(
			"keepclear_files_to_delete",
			"Files whose rows are gone and that are still to be deleted",
			one("SELECT count(*) AS n FROM files_to_delete"),
		),
		gauge("keepclear_live_streams", "Cameras whose live video comes from their edges", streams),
		gauge("keepclear_live_viewers", "Pages that watch live video", viewers),
		gauge("keepclear_feed_position", "Number of changes told to pages so far", feed.position()),
		{
			name: "keepclear_lanes",
			help: "Lanes by state; unknown: nobody can see them at this moment",
			type: "gauge",
			samples: lanesByState(store),
		},
		...measureEdges(store),
		...metersOf(store).counted(),
		...measureProcess(),
	];
}

/** What an edge last said holds only while it is there. */
function lanesByState(store: Store): Metric["samples"] {
	const counts = new Map(
		store
			.prepare<[], { state: string; n: number }>(
				`SELECT iif(e.state = 'online' AND l.state_at IS NOT NULL AND NOT ${isOfBefore}, l.state, 'unknown') AS state, count(*) AS n
				FROM lanes l JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id
				JOIN edges e ON e.id = c.edge_id WHERE l.removed_at IS NULL GROUP BY 1`,
			)
			.all()
			.map(({ state, n }) => [state, n]),
	);
	const states = ["clear", "pending", "occupied", "clearing", "unknown"];
	return states.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }));
}

async function uploadsInProgress({ dataFolder }: ServerParts["config"]): Promise<number> {
	const names = await readdir(uploadsFolder(dataFolder)).catch(() => []);
	return names.filter((name) => !name.startsWith(".") && !name.endsWith(".json")).length;
}
