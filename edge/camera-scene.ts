import type { EdgeConfigAnswer } from "#contract/http-api.ts";
import type { CameraScene } from "#core/camera.ts";
import { blindAfterMs, defaultPolicy, mergePolicies } from "#core/scene.ts";

export type EdgeCamera = EdgeConfigAnswer["cameras"][number];

/** The zones of one camera with the policy of each: the zone's own keys over the site's. */
export function sceneOf(camera: EdgeCamera, site: EdgeConfigAnswer["policy"]): CameraScene {
	const base = { ...defaultPolicy, blindAfterMs: blindAfterMs(camera.sampleEveryMs) };
	return {
		zones: camera.zones.map(({ id, kind, polygon, calibration, policy }) => ({
			id,
			kind,
			polygon,
			calibration,
			policy: mergePolicies(base, site, policy ?? {}),
		})),
	};
}

/** Whether the camera must be connected to anew. Zones and names change without that. */
export const sameStream = (a: EdgeCamera, b: EdgeCamera) =>
	a.url === b.url && a.transport === b.transport && a.sampleEveryMs === b.sampleEveryMs;
