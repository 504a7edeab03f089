import type { EdgeConfigAnswer } from "#contract/http-api.ts";
import type { CameraScene } from "#core/camera.ts";
import { defaultPolicy } from "#core/scene.ts";

export type EdgeCamera = EdgeConfigAnswer["cameras"][number];

/**
 * The zones of one camera with the policy of each: the zone's own keys over the site's. A camera that is sampled seldom is
 * not blind between two samples: three must be missed.
 */
export function sceneOf(camera: EdgeCamera, site: EdgeConfigAnswer["policy"]): CameraScene {
	const blindAfterMs = Math.max(defaultPolicy.blindAfterMs, 3 * camera.sampleEveryMs);
	return {
		zones: camera.zones.map(({ id, kind, polygon, policy }) => ({
			id,
			kind,
			polygon,
			policy: { ...defaultPolicy, blindAfterMs, ...site, ...definedOf(policy ?? {}) },
		})),
	};
}

/** Whether the camera must be connected to anew. Zones and names change without that. */
export const sameStream = (a: EdgeCamera, b: EdgeCamera) =>
	a.url === b.url && a.transport === b.transport && a.sampleEveryMs === b.sampleEveryMs;

function definedOf<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]: Exclude<T[K], undefined>;
	};
}
