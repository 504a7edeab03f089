import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { CameraScene } from "#core/camera.ts";
import { layPolicies } from "#core/policy/policy-layers.ts";
import { blindAfterMs, defaultPolicy } from "#core/scene.ts";

export type EdgeCamera = EdgeConfigAnswer["cameras"][number];
export type SiteRules = Pick<EdgeConfigAnswer, "policy" | "site" | "timeZone" | "permits">;

/** The zones of one camera with the policy of each, and what holds at some times only. */
export function sceneOf(camera: EdgeCamera, { policy, site, timeZone, permits }: SiteRules): CameraScene {
	const base = { ...defaultPolicy, blindAfterMs: blindAfterMs(camera.sampleEveryMs) };
	return {
		zones: camera.zones.map((zone) => {
			const laid = layPolicies(base, zone.kind, site ?? { policy }, zone);
			return {
				id: zone.id,
				kind: zone.kind,
				polygon: zone.polygon,
				calibration: zone.calibration,
				emergencyPlates: site?.emergencyPlates ?? [],
				policy: laid.policy,
				times: {
					timeZone,
					hours: laid.hours,
					armed: zone.armed ?? null,
					permits: permits.filter(({ laneId }) => laneId === zone.id),
				},
				...acceptedIn(zone),
			};
		}),
		...(camera.viewConfirmedAt === undefined ? {} : { viewConfirmedAt: camera.viewConfirmedAt }),
	};
}

const acceptedIn = ({ accepted }: EdgeCamera["zones"][number]) =>
	accepted ? { accepted: accepted.map(({ alertId, outline }) => ({ occupancyId: alertId, outline })) } : {};

/** Whether the camera must be connected to anew. Zones and names change without that. */
export const sameStream = (a: EdgeCamera, b: EdgeCamera) =>
	a.url === b.url && a.transport === b.transport && a.sampleEveryMs === b.sampleEveryMs;
