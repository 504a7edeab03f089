import { beforeAll, describe, expect, test } from "vitest";
import { containsPoint } from "#core/geometry/polygon.ts";
import { type Footage, loadFootage } from "../../fixtures/nights/cast/footage.ts";
import { describeNight, polygonOf } from "../../fixtures/nights/describe-night.ts";
import type { Actor, Night, NightEvent } from "../../fixtures/nights/night.ts";
import { pictureHeight, pictureWidth } from "../../fixtures/nights/picture/picture.ts";
import { lanePolygon } from "../../fixtures/nights/picture/estate-view.ts";
import type { Sprite } from "../../fixtures/nights/picture/sprite.ts";
import { frameAt, frameTimes } from "../../fixtures/nights/render-night.ts";
import { allNights } from "../../fixtures/nights/stories/all-nights.ts";
import { truthSchema } from "../../src/cli/evaluate/truth-file.ts";
import { footageTimeoutMs } from "./night-recordings.ts";

let footage: Footage;
let nights: readonly Night[];
beforeAll(async () => {
	footage = await loadFootage();
	nights = allNights(footage);
}, footageTimeoutMs);

describe("a night's truth", () => {
	test("is a truth.json that evaluate reads", () => {
		const clips = nights.map((night) => describeNight(night, `${night.name}.mp4`));
		expect(truthSchema.parse({ clips }).clips).toHaveLength(nights.length);
		expect(new Set(nights.map(({ name }) => name)).size).toBe(nights.length);
		expect(new Set(nights.map(({ seed }) => seed)).size).toBe(nights.length);
	});

	test("names what stands or lies on the lane, from its first still moment to its last", () => {
		for (const { name, actors } of nights) {
			for (const actor of actors) {
				for (const event of actor.events) expect(problemsOf(actor, event), `${name}: ${event.class}`).toEqual([]);
			}
		}
	});

	test("leaves nothing out: what stands still on the lane for 5 s is named, or lay there from the beginning", () => {
		for (const { name, actors, durationS } of nights) {
			const unnamed = actors.filter(
				({ kind, events }) => events.length === 0 && (kind === "vehicle" || kind === "goods"),
			);
			for (const actor of unnamed.filter(({ spriteAt }) => spriteAt(0) === null)) {
				expect(longestRun(stillSeconds(actor, durationS)), name).toBeLessThan(5);
			}
		}
	});

	test("of blindness is what the frames show", () => {
		for (const night of nights) {
			for (const { reason, fromS, toS } of night.blind) {
				const times = frameTimes(night);
				const [before, after] = [times.filter((atS) => atS < fromS).at(-1), times.find((atS) => atS >= toS)];
				if (reason === "stream_lost") expect(times.filter((atS) => atS >= fromS && atS < toS)).toEqual([]);
				if (reason === "picture_frozen") {
					expect(isSame(frameAt(night, footage, fromS + 1), frameAt(night, footage, toS - 1))).toBe(true);
				}
				expect(before).toBeLessThan(fromS);
				expect(after === undefined || after >= toS).toBe(true);
			}
		}
	});
});

test("the same instant gives the same picture, another one another", () => {
	const [night] = nights.filter(({ name }) => name === "snow-stay");
	if (!night) throw new Error("there is no such night");
	expect(isSame(frameAt(night, footage, 20), frameAt(night, footage, 20))).toBe(true);
	expect(isSame(frameAt(night, footage, 20), frameAt(night, footage, 20.25))).toBe(false);
});

test("a camera that may be moved sees the lane enlarged", () => {
	const [straight, movable] = [polygonOf({ movable: false }), polygonOf({ movable: true })];
	expect(straight).toEqual(lanePolygon());
	expect(movable[2]?.[0]).toBeGreaterThan(straight[2]?.[0] ?? 1);
});

/** vitest's own comparison takes seconds for so many bytes. */
const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Pixels of a thing on the lane below which it could as well stand beside it. */
const fewestPixels = 120;

function problemsOf(actor: Actor, { kind, fromS, toS }: NightEvent): string[] {
	const at = (atS: number) => actor.spriteAt(atS);
	const [first, last] = [at(fromS), at(toS - 0.25)];
	const problems: string[] = [];
	if (!first || onLane(first) < fewestPixels) problems.push(`only ${first ? onLane(first) : 0} pixels on the lane`);
	if (first !== last) problems.push("does not stand still");
	if (kind !== "preexisting" && at(fromS - 0.25) === first) problems.push("stood there before");
	if (kind === "preexisting" && fromS !== 0) problems.push("was not there from the first frame");
	return problems;
}

function stillSeconds(actor: Actor, durationS: number): number[] {
	return Array.from({ length: Math.floor(durationS) }, (_, second) => second).filter((second) => {
		const [before, now] = [actor.spriteAt(second - 1), actor.spriteAt(second)];
		return now !== null && now === before && onLane(now) >= fewestPixels;
	});
}

function longestRun(seconds: readonly number[]): number {
	let [longest, run] = [0, 0];
	for (const [i, second] of seconds.entries()) {
		run = seconds[i - 1] === second - 1 ? run + 1 : 1;
		longest = Math.max(longest, run);
	}
	return longest;
}

function onLane(sprite: Sprite): number {
	const polygon = lanePolygon().map(([x, y]) => [x * pictureWidth, y * pictureHeight] as const);
	let count = 0;
	for (let i = 0; i < sprite.cover.length; i++) {
		if ((sprite.cover[i] ?? 0) < 0.5) continue;
		const [x, y] = [sprite.left + (i % sprite.width), sprite.top + Math.floor(i / sprite.width)];
		if (containsPoint(polygon, [x + 0.5, y + 0.5])) count += 1;
	}
	return count;
}
