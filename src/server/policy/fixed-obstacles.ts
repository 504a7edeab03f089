import type { ZoneBody } from "#contract/zones.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { policyAt } from "#core/policy/rules-at.ts";
import { defaultPolicy } from "#core/scene.ts";
import { zonesOf } from "../cameras/zones-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { siteRulesOf } from "./site-rules.ts";

interface Lying {
	readonly id: string;
	readonly laneId: string;
	readonly cameraId: string;
	readonly enteredAt: number;
}

/** Goods that lie for longer than the zone's policy allows are a fixed obstacle from now on, whatever it says later. */
export function findFixedObstacles(parts: ServerParts): void {
	const { store, feed, now } = parts;
	const at = now();
	store.transaction(() => {
		const lying = store
			.prepare<[], Lying>(
				`SELECT id, lane_id AS laneId, camera_id AS cameraId, entered_at AS enteredAt FROM alerts
				WHERE cause = 'object' AND raised_at IS NOT NULL AND cleared_at IS NULL AND fixed_at IS NULL`,
			)
			.all();
		for (const { id, laneId, cameraId, enteredAt } of lying) {
			const zone = zonesOf(store, cameraId).find((each) => each.id === laneId);
			if (at - enteredAt < fixedAfterMs(parts, zone, at)) continue;
			store.prepare("UPDATE alerts SET fixed_at = ? WHERE id = ?").run(at, id);
			feed.append("alert", id, at);
		}
	})();
}

function fixedAfterMs(parts: ServerParts, zone: ZoneBody | undefined, at: number): number {
	const { policy, hours } = layPolicies(defaultPolicy, zone?.kind ?? "fire_lane", siteRulesOf(parts).rules, zone ?? {});
	const times = { timeZone: parts.config.timeZone, hours, armed: null, permits: [] };
	return policyAt({ policy, times }, at).fixedAfterMs;
}
