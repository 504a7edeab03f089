import { planLane, type PlannedAlert } from "../../fixtures/year/plan-lane.ts";
import { putLane } from "../../fixtures/year/put-lane.ts";
import type { TestApp } from "./server-app.ts";

interface Wanted {
	readonly lanes: number;
	readonly lanesPerSite: number;
	readonly timeZone: string;
	/** Unix ms. */
	readonly from: number;
	readonly to: number;
}

/** Generated lanes (`fixtures/year`), each with its camera; what people said of alerts stands there as they would have said it. */
export function fillWithLanes(server: TestApp, { lanes, lanesPerSite, timeZone, from, to }: Wanted): void {
	const { store, feed } = server.parts;
	store.transaction(() => {
		for (let n = 0; n < lanes; n++) {
			const site = Math.floor(n / lanesPerSite) + 1;
			const edge = { siteId: `site-${site}`, edgeId: `edge-${site}` };
			if (n % lanesPerSite === 0) server.edge(edge.edgeId, edge.siteId);
			const [laneId, cameraId] = [`lane-${n + 1}`, `camera-${n + 1}`];
			store
				.prepare(
					`INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at)
					VALUES (?, ?, ?, 'rtsp://127.0.0.1/', 'tcp', 1000, ?)`,
				)
				.run(cameraId, edge.edgeId, cameraId, from);
			store
				.prepare("INSERT INTO lanes (id, site_id, name, kind) VALUES (?, ?, ?, 'fire_lane')")
				.run(laneId, edge.siteId, laneId);
			store
				.prepare(
					`INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, position)
					VALUES (?, ?, ?, ?, 'fire_lane', '[[0,0],[1,0],[1,1]]', 0)`,
				)
				.run(laneId, cameraId, laneId, laneId);
			const plan = planLane({ laneId, seed: n + 1, timeZone, from, to });
			putLane({ store, feed }, { edge, laneId, cameraId }, plan, { from, to }, { onRaised: sayWhatIsPlanned });
		}
	})();

	function sayWhatIsPlanned({ id, acknowledgedAt, judgement }: PlannedAlert): void {
		const say = store.prepare("INSERT INTO handling_entries (alert_id, kind, at) VALUES (?, ?, ?)");
		if (acknowledgedAt === null) return;
		say.run(id, "acknowledged", acknowledgedAt);
		if (judgement !== "counts") say.run(id, judgement, acknowledgedAt);
	}
}
