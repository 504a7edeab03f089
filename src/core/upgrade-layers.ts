import type { Layers } from "./goods/layers.ts";
import { newLight } from "./goods/light.ts";
import { never } from "./goods/never.ts";

/** Goes up with every change of `Layers` that an older program could not read, or that older layers lack. */
export const layersVersion = 3;

/**
 * Stored layers in today's shape, so that an upgrade of the program knows the empty lanes; examples written by the program
 * of its time lie in fixtures/layers.
 *
 * @throws Error where they are of no version that this program reads: the lanes are learned anew then
 */
export function upgradeLayers(version: unknown, layers: unknown): Layers {
	if (typeof layers !== "object" || layers === null) throw new Error("is no picture of empty lanes");
	switch (version) {
		case 2:
			return fromVersion2(layers as Version2);
		case layersVersion:
			return layers as Layers;
		default:
			throw new Error(
				`is a picture of empty lanes of version ${String(version)}, this program reads versions 2 to ${layersVersion}`,
			);
	}
}

/** Version 2, the first of all, knew the light of the moment alone. */
type Version2 = Omit<Layers, "light" | "alike" | "strangeSince" | "otherLights">;

const fromVersion2 = (layers: Version2): Layers => ({
	...layers,
	light: newLight(never),
	alike: 0,
	strangeSince: never,
	otherLights: [],
});
