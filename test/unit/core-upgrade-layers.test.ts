import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseLayers, serializeLayers } from "#core/camera-state.ts";
import { initialCameraState } from "#core/camera.ts";
import { looks, oneLane, run, type SyntheticThing } from "../support/synthetic-camera.ts";

/** What the program of each version saw when it wrote its layers: an empty lane for 12 s, of the synthetic camera. */
const stored = (version: number) =>
	parseLayers(readFileSync(fileURLToPath(new URL(`../../fixtures/layers/v${version}.json`, import.meta.url)), "utf8"));

test("empty lanes of version 2 are known after the upgrade: what lies there at the first look is found", () => {
	const layers = stored(2);
	expect(layers).toMatchObject({ otherLights: [], strangeSince: -1 });
	const crate: SyntheticThing = {
		label: "crate",
		seed: 8,
		boxAt: () => ({ x1: 0.42, y1: 0.4, x2: 0.57, y2: 0.6 }),
		seenAt: () => false,
	};
	const fresh = initialCameraState();
	const { state } = run(looks([crate], { fromMs: 20_000, toMs: 30_000 }), oneLane(), {
		...fresh,
		goods: { ...fresh.goods, layers },
	});
	expect(state.goods.things).toMatchObject([{ since: 20_000 }]);
	expect(state.goods.layers!.light).toMatchObject({ seenAt: 30_000, hours: 1 });
	expect(parseLayers(serializeLayers(state.goods.layers!)).light).toEqual(state.goods.layers!.light);
});

test("layers of a version that nobody reads are refused", () => {
	expect(() => parseLayers('{"version":1,"layers":{}}')).toThrow("versions 2 to 3");
	expect(() => parseLayers("{}")).toThrow("no picture of empty lanes");
});
