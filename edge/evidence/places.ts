import type { EdgeConfigAnswer } from "#contract/edge-api.ts";
import type { EvidencePlace } from "#contract/evidence-set.ts";
import { defaultRoadClass } from "#core/evidence/law-basis.ts";

/** How places and cameras are called, by the configuration of now. */
export class Places {
	#config: EdgeConfigAnswer | null = null;

	adopt(config: EdgeConfigAnswer): void {
		this.#config = config;
	}

	/** Null for a camera or zone that is not known (any more). */
	of(cameraId: string, zoneId: string): EvidencePlace | null {
		const camera = this.#config?.cameras.find(({ id }) => id === cameraId);
		const zone = camera?.zones.find(({ id }) => id === zoneId);
		if (!this.#config || !camera || !zone) return null;
		return {
			siteId: this.#config.siteId,
			siteName: this.#config.siteName,
			laneName: zone.name,
			cameraName: camera.name,
			gbId: camera.gbId,
			direction: camera.direction,
			roadClass: zone.roadClass ?? defaultRoadClass,
			timeZone: this.#config.timeZone,
		};
	}
}
