import type { EdgeFigures } from "#contract/messages/index.ts";
import type { ClockReading } from "#contract/clock.ts";
import { type EdgeRow, listEdges } from "../edges/edges-store.ts";
import { everySite } from "../scope/visible-sites.ts";
import type { Store } from "../store/open-store.ts";
import { metersOf } from "./meters.ts";
import type { Metric, Sample } from "./prometheus-text.ts";

/** What edges tell of themselves with their heartbeats; nothing of those that are away. */
export function measureEdges(store: Store): readonly Metric[] {
	const edges = listEdges(store, everySite).filter(({ revokedAt }) => revokedAt === null);
	const meters = metersOf(store);
	const told = edges.flatMap((edge) => {
		const figures = edge.state === "online" ? meters.figuresOf(edge.id) : undefined;
		return figures ? [{ edge, figures }] : [];
	});
	const samplesOf = (value: (figures: EdgeFigures) => number | null): Sample[] =>
		told.flatMap(({ edge, figures }) => {
			const found = value(figures);
			return found === null ? [] : [{ labels: labelsOf(edge), value: found }];
		});
	return [
		{
			name: "keepclear_edge_online",
			help: "1 for an edge that is connected",
			type: "gauge",
			samples: edges.map((edge) => ({ labels: labelsOf(edge), value: edge.state === "online" ? 1 : 0 })),
		},
		{
			name: "keepclear_edge_clock_offset_seconds",
			help: "The edge's clock less true time; absent where nobody can tell",
			type: "gauge",
			samples: edges.flatMap((edge) => {
				const offsetMs = edge.clock === null ? null : (JSON.parse(edge.clock) as ClockReading).offsetMs;
				return offsetMs === null ? [] : [{ labels: labelsOf(edge), value: offsetMs / 1000 }];
			}),
		},
		{
			name: "keepclear_edge_blind_seconds",
			help: "Time in which nobody could know, summed over the edge's lanes, as its own counters stand",
			type: "gauge",
			samples: blindTimes(store),
		},
		...figures.map(({ name, help, type, value }) => ({ name, help, type, samples: samplesOf(value) })),
	];
}

const labelsOf = ({ id, siteId }: Pick<EdgeRow, "id" | "siteId">) => ({ edge: id, site: siteId });

const blindTimes = (store: Store): Sample[] =>
	store
		.prepare<[], { id: string; siteId: string; blindMs: number }>(
			`SELECT e.id, e.site_id AS siteId, sum(coalesce(l.blind_ms, 0)) AS blindMs FROM lanes l
			JOIN zones z ON z.lane_id = l.id JOIN cameras c ON c.id = z.camera_id JOIN edges e ON e.id = c.edge_id
			WHERE l.removed_at IS NULL AND e.revoked_at IS NULL GROUP BY e.id`,
		)
		.all()
		.map(({ blindMs, ...edge }) => ({ labels: labelsOf(edge), value: blindMs / 1000 }));

interface Told extends Pick<Metric, "name" | "help" | "type"> {
	readonly value: (figures: EdgeFigures) => number | null;
}

const figures: readonly Told[] = [
	{
		name: "keepclear_edge_start_time_seconds",
		help: "When the edge was started, by its clock; its counters begin with it",
		type: "gauge",
		value: ({ startedAt }) => startedAt / 1000,
	},
	{
		name: "keepclear_edge_cameras",
		help: "Cameras that the edge watches",
		type: "gauge",
		value: ({ cameras }) => cameras,
	},
	{
		name: "keepclear_edge_cameras_online",
		help: "Of these, those that give pictures",
		type: "gauge",
		value: ({ camerasOnline }) => camerasOnline,
	},
	{
		name: "keepclear_edge_frames_total",
		help: "Frames that came from cameras",
		type: "counter",
		value: ({ frames }) => frames,
	},
	{
		name: "keepclear_edge_looks_total",
		help: "Frames that were looked at",
		type: "counter",
		value: ({ looks }) => looks,
	},
	{
		name: "keepclear_edge_waiting_looks",
		help: "Pictures that wait for the detector",
		type: "gauge",
		value: ({ waitingLooks }) => waitingLooks,
	},
	{
		name: "keepclear_edge_waiting_alerts",
		help: "Alert messages in the edge's outbox",
		type: "gauge",
		value: ({ waitingAlerts }) => waitingAlerts,
	},
	{
		name: "keepclear_edge_refused_alerts",
		help: "Alert messages that we refused for good",
		type: "gauge",
		value: ({ refusedAlerts }) => refusedAlerts,
	},
	{
		name: "keepclear_edge_waiting_evidence",
		help: "Files of evidence that wait at the edge",
		type: "gauge",
		value: ({ waitingEvidence }) => waitingEvidence,
	},
	{
		name: "keepclear_edge_waiting_evidence_bytes",
		help: "Their bytes",
		type: "gauge",
		value: ({ waitingEvidenceBytes }) => waitingEvidenceBytes,
	},
	{
		name: "keepclear_edge_disk_free_bytes",
		help: "Bytes free where the edge's data folder is",
		type: "gauge",
		value: ({ freeBytes }) => freeBytes,
	},
	{
		name: "keepclear_edge_resident_memory_bytes",
		help: "Memory of the edge, with its models' processes and ffmpeg's",
		type: "gauge",
		value: ({ residentBytes }) => residentBytes,
	},
	{
		name: "keepclear_edge_cpu_seconds_total",
		help: "Processor time of the edge, with its models' processes and ffmpeg's",
		type: "counter",
		value: ({ cpuMs }) => cpuMs / 1000,
	},
];
