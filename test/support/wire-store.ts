import { createHash } from "node:crypto";
import type { AlertClearedMessage, AlertRaisedMessage, LaneStateMessage } from "#contract/messages/index.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { openStore, type Store } from "../../src/server/store/open-store.ts";

export const edgeOne: EdgeAddress = { siteId: "garden", edgeId: "edge-1" };
export const edgeTwo: EdgeAddress = { siteId: "garden", edgeId: "edge-2" };
export const tokenOf = ({ edgeId }: EdgeAddress) => `token-of-${edgeId}`;

/** A server's database with two edges of one site; each has a camera (`cam-1`, `cam-2`) and lanes (`lane-1a` … `lane-2c`). */
export function openWireStore(file = ":memory:"): Store {
	const store = openStore(file);
	for (const [number, { siteId, edgeId }] of [edgeOne, edgeTwo].entries()) {
		const camera = `cam-${number + 1}`;
		store
			.prepare("INSERT INTO edges (id, site_id, name, token_hash, created_at) VALUES (?, ?, ?, ?, 0)")
			.run(edgeId, siteId, edgeId, createHash("sha256").update(tokenOf({ siteId, edgeId })).digest("hex"));
		store
			.prepare(
				`INSERT INTO cameras (id, edge_id, name, url, transport, sample_every_ms, created_at)
				VALUES (?, ?, ?, 'rtsp://127.0.0.1/', 'tcp', 1000, 0)`,
			)
			.run(camera, edgeId, camera);
		for (const letter of ["a", "b", "c"]) {
			const lane = `lane-${number + 1}${letter}`;
			store
				.prepare("INSERT INTO lanes (id, site_id, name, kind) VALUES (?, ?, ?, 'fire_lane')")
				.run(lane, siteId, lane);
			store
				.prepare(
					`INSERT INTO zones (id, camera_id, lane_id, name, kind, polygon, position)
					VALUES (?, ?, ?, ?, 'fire_lane', '[[0,0],[1,0],[1,1]]', 0)`,
				)
				.run(lane, camera, lane, lane);
		}
	}
	return store;
}

/** @param laneId `lane-<number of its edge><letter>` */
const ofLane = (laneId: string) => ({ v: 1 as const, laneId, cameraId: `cam-${laneId.charAt(5)}` });

export const raisedMessage = (alertId: string, laneId = "lane-1a", at = 1000): AlertRaisedMessage => ({
	...ofLane(laneId),
	id: `${alertId}.raised`,
	alertId,
	at,
	kind: "raised",
	enteredAt: at - 500,
	raisedAt: at,
	cause: "vehicle",
	label: "truck",
	confidence: 0.8,
	box: [0.1, 0.2, 0.3, 0.4],
});

export const clearedMessage = (alertId: string, laneId = "lane-1a", at = 2000): AlertClearedMessage => ({
	...ofLane(laneId),
	id: `${alertId}.cleared`,
	alertId,
	at,
	kind: "cleared",
	clearedAt: at,
	by: "camera",
});

export const laneStateMessage = (
	laneId: string,
	at: number,
	state: LaneStateMessage["state"] = "clear",
): LaneStateMessage => ({ ...ofLane(laneId), state, reason: null, since: at, at, alertId: null });
