import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { goods } from "../../fixtures/nights/cast/goods.ts";
import { footprintOf, traceSolids } from "../../fixtures/nights/cast/trace-solids.ts";
import { steps } from "../../fixtures/nights/effects/light.ts";
import { groundUnderPixels, lanePolygon, pixelOf } from "../../fixtures/nights/picture/estate-view.ts";
import { pictureWidth } from "../../fixtures/nights/picture/picture.ts";
import { randomAt, seededRandom } from "../../fixtures/nights/picture/random.ts";

describe("the estate's ground", () => {
	test("has the lane where the clips' scene has it", () => {
		const scene = new URL("../../fixtures/clips/demo-fire-lane.scene.json", import.meta.url);
		const { zones } = JSON.parse(readFileSync(scene, "utf8")) as { zones: { polygon: [number, number][] }[] };
		const apart = lanePolygon().flatMap(([x, y], i) => [
			x - (zones[0]?.polygon[i]?.[0] ?? 0),
			y - (zones[0]?.polygon[i]?.[1] ?? 0),
		]);
		expect(Math.max(...apart.map(Math.abs))).toBeLessThan(0.001);
	});

	test("is under the pixel that shows it", () => {
		const [x, y] = pixelOf([1.95, 17, 0]) ?? [0, 0];
		const pixel = Math.floor(y) * pictureWidth + Math.floor(x);
		const ground = groundUnderPixels();
		expect(ground.x[pixel]).toBeCloseTo(1.95, 0);
		expect(ground.y[pixel]).toBeCloseTo(17, 0);
	});
});

describe("goods", () => {
	test("cover the pixels of the place where they lie and shade the ground beside it", () => {
		const [box] = goods.carton([1.95, 17]);
		const sprite = traceSolids([box ?? never()], { raysAcross: 1, skyRays: 4 });
		const [x, y] = pixelOf([1.95, 17, 0.2]) ?? [0, 0];
		const at = sprite ? (Math.floor(y) - sprite.top) * sprite.width + Math.floor(x) - sprite.left : -1;
		expect(sprite?.cover[at]).toBe(1);
		expect(Math.min(...(sprite?.light ?? []))).toBeLessThan(0.9);
	});

	test.each(Object.keys(goods) as (keyof typeof goods)[])("%s fit into the lane's width", (name) => {
		const corners = goods[name]([1.95, 17]).flatMap(footprintOf);
		const across = corners.map(([x]) => x);
		expect(Math.min(...across)).toBeGreaterThan(0.15);
		expect(Math.max(...across)).toBeLessThan(3.75);
	});
});

test("chance is the same each time", () => {
	const [one, other] = [seededRandom(5), seededRandom(5)];
	expect([one(), one(), one()]).toEqual([other(), other(), other()]);
	expect(randomAt(5, 7, 9)).toBe(randomAt(5, 7, 9));
	expect(randomAt(5, 7, 9)).not.toBe(randomAt(5, 9, 7));
});

test("brightness steps from one level to the next and stays there", () => {
	const gain = steps(
		[
			[0, 1],
			[10, 0.5],
			[20, 2],
		],
		1,
	);
	expect([0, 9, 10.5, 11, 19, 21, 60].map(gain)).toEqual([1, 1, 0.75, 0.5, 0.5, 2, 2]);
});

function never(): never {
	throw new Error("there is no carton");
}
