import { createEdge } from "../../../src/server/edges/edges-actions.ts";
import type { Store } from "../../../src/server/store/open-store.ts";

export const siteId = "demo-estate";
export const edgeOf = (number: number) => `load-${number}`;
export const laneOf = (number: number) => `lane-${number}`;
export const cameraOf = (edge: number) => `camera-${edge}`;

/** Edges of one site with a camera each, and as many lanes as are asked for among them. @returns the edges' tokens */
export function putManyLanes(store: Store, { edges, lanes }: { edges: number; lanes: number }): string[] {
	const insertCamera = store.prepare(
		"INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at) VALUES (?, ?, ?, 'rtsp://10.0.0.1/', 'tcp', 1000, 0)",
	);
	const insertLane = store.prepare("INSERT INTO lanes (id, site_id, name, kind) VALUES (?, ?, ?, 'fire_lane')");
	const insertZone = store.prepare(
		`INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, position)
		VALUES (?, ?, ?, ?, 'fire_lane', '[[0,0],[1,0],[1,1]]', ?)`,
	);
	const tokens: string[] = [];
	store.transaction(() => {
		for (let edge = 0; edge < edges; edge += 1) {
			tokens.push(createEdge(store, { id: edgeOf(edge), siteId, name: edgeOf(edge) }, 0).token);
			insertCamera.run(cameraOf(edge), edgeOf(edge), `摄像机 ${edge}`);
		}
		for (let lane = 0; lane < lanes; lane += 1) {
			insertLane.run(laneOf(lane), siteId, `消防车通道 ${lane}`);
			insertZone.run(laneOf(lane), cameraOf(lane % edges), laneOf(lane), laneOf(lane), Math.floor(lane / edges));
		}
	})();
	return tokens;
}
