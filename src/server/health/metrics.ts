import { freeBytes } from "../evidence/evidence-files.ts";
import { listEdges } from "../edges/edges-store.ts";
import { listLanes } from "../lanes/lanes-store.ts";
import { streamHubOf } from "../live/stream-hub.ts";
import { everySite } from "../scope/visible-sites.ts";
import type { ServerParts } from "../server-parts.ts";

interface Metric {
	readonly name: string;
	readonly help: string;
	readonly type: "gauge" | "counter";
	readonly samples: readonly { labels?: Readonly<Record<string, string>>; value: number }[];
}

/** Prometheus' text format. */
export async function writeMetrics(parts: ServerParts): Promise<string> {
	return (await measure(parts)).map(write).join("");
}

async function measure(parts: ServerParts): Promise<readonly Metric[]> {
	const { store, config, notifier, feed } = parts;
	const { streams, viewers } = streamHubOf(parts).count();
	const one = (sql: string) => Number(store.prepare<[], { n: number }>(sql).get()?.n ?? 0);
	const lanes = listLanes(store, everySite);
	const laneStates = ["clear", "pending", "occupied", "clearing", "unknown"] as const;
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
		gauge("keepclear_live_streams", "Cameras whose live video comes from their edges", streams),
		gauge("keepclear_live_viewers", "Pages that watch live video", viewers),
		gauge("keepclear_feed_position", "Number of changes told to pages so far", feed.position()),
		{
			name: "keepclear_lanes",
			help: "Lanes by state",
			type: "gauge",
			samples: laneStates.map((state) => ({
				labels: { state },
				value: lanes.filter((lane) => lane.state === state).length,
			})),
		},
		{
			name: "keepclear_edge_online",
			help: "1 for an edge that is connected",
			type: "gauge",
			samples: listEdges(store, everySite).map(({ id, siteId, state }) => ({
				labels: { edge: id, site: siteId },
				value: state === "online" ? 1 : 0,
			})),
		},
	];
}

const gauge = (name: string, help: string, value: number): Metric => ({
	name,
	help,
	type: "gauge",
	samples: [{ value }],
});

function write({ name, help, type, samples }: Metric): string {
	const lines = samples.map(({ labels = {}, value }) => {
		const inside = Object.entries(labels).map(([key, text]) => `${key}="${text}"`); // ids and states: nothing to escape
		return `${name}${inside.length > 0 ? `{${inside.join(",")}}` : ""} ${value}`;
	});
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}
