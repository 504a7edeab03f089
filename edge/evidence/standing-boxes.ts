import { intersectionOverUnion } from "#core/geometry/box.ts";
import type { Box } from "#core/geometry/shapes.ts";
import { lastSighting } from "#core/tracking/track.ts";
import type { Overlaid } from "./overlay.ts";

/** A sighting that lies further from a photo than this says nothing of it. */
const mostGapMs = 15_000;
const remembered = 40;

interface Sighting {
	readonly at: number;
	readonly boxes: readonly Box[];
}

/** Where the detector last saw what stands at each camera, for a while: photos are taken some seconds late. In memory. */
export class StandingBoxes {
	readonly #seen = new Map<string, Sighting[]>();

	note(cameraId: string, { at, state }: Pick<Overlaid, "at" | "state">): void {
		const boxes = state.tracks.list
			.filter(({ stand }) => stand !== null)
			.map(lastSighting)
			.filter((sighting) => sighting.at === at)
			.map(({ box }) => box);
		const seen = this.#seen.get(cameraId) ?? [];
		if (boxes.length > 0) this.#seen.set(cameraId, [...seen, { at, boxes }].slice(-remembered));
	}

	/** What the detector saw standing next to this instant, nearest to `place`; null where it saw nothing there. */
	nearest(cameraId: string, at: number, place: Box): Box | null {
		const seen = (this.#seen.get(cameraId) ?? []).filter((sighting) => Math.abs(sighting.at - at) <= mostGapMs);
		const [sighting] = seen.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
		if (!sighting) return null;
		const overlap = (box: Box) => intersectionOverUnion(box, place);
		const [box] = sighting.boxes.toSorted((a, b) => overlap(b) - overlap(a));
		return box ?? null;
	}

	forget(cameraId: string): void {
		this.#seen.delete(cameraId);
	}
}
