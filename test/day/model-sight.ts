import type { Detection } from "#core/detection.ts";
import { boxArea, sharedArea } from "#core/geometry/box.ts";
import type { Box } from "#core/geometry/shapes.ts";
import { bell, chance } from "./chance.ts";
import type { Light } from "./light.ts";
import { boxAt, type DayThing } from "./things.ts";

/** Below this, a detector's confidence is not told. */
const leastConfidence = 0.25;
/** Share of a box that others or the picture's edge may take before the model finds nothing. */
const mostHidden = 0.7;

/**
 * What a detector would say: boxes that wander by a few per cent, misses now and then and for half a minute at a time,
 * confidence that sinks, names that change. `things`: those behind first, as in the picture.
 */
export function detectionsOf(things: readonly DayThing[], at: number, light: Light): Detection[] {
	const inPicture = things.flatMap((thing) => {
		const box = boxAt(thing, at);
		return box ? [{ thing, box }] : [];
	});
	const seen = inPicture.flatMap(({ thing, box }, index): Detection[] => {
		if (thing.label === null) return [];
		const before = inPicture.slice(index + 1).map((other) => other.box);
		const hidden = hiddenShare(box, before);
		const confidence = confidenceOf(thing, at, light) - 0.3 * hidden;
		if (hidden > mostHidden || isMissed(thing, at, light, hidden) || confidence < leastConfidence) return [];
		const detection = { label: labelOf(thing, at), confidence, box: wandered(box, thing, at) };
		// Now and then two names for one thing.
		const twice = chance(thing.id, at, 31) < 0.01;
		return twice ? [detection, { ...detection, label: "bus", confidence: 0.8 * confidence }] : [detection];
	});
	return [...seen, ...flashes(at, light)];
}

function hiddenShare(box: Box, before: readonly Box[]): number {
	const outside = 1 - sharedArea(box, { x1: 0, y1: 0, x2: 1, y2: 1 }) / boxArea(box);
	return Math.max(outside, ...before.map((other) => sharedArea(box, other) / boxArea(box)), 0);
}

function isMissed(thing: DayThing, at: number, light: Light, hidden: number): boolean {
	const missRate = (light.infrared ? 0.1 : 0.03) + 0.6 * hidden ** 2 + (isBadSpell(thing, at) ? 0.6 : 0);
	return chance(thing.id, at, 11) < missRate || isLongMiss(thing, at);
}

/** Twelve seconds in which the model doubts. */
const isBadSpell = ({ id }: DayThing, at: number) => chance(id, Math.floor(at / 12_000), 12) < 0.06;

/** Every few ten minutes nothing at all is found for 15 to 40 s, though the thing stands there as before. */
function isLongMiss({ id }: DayThing, at: number): boolean {
	const [block, within] = [Math.floor(at / 600_000), at % 600_000];
	const from = 560_000 * chance(id, block, 14);
	return chance(id, block, 13) < 0.3 && within >= from && within < from + 15_000 + 25_000 * chance(id, block, 15);
}

function confidenceOf(thing: DayThing, at: number, light: Light): number {
	const base = (light.infrared ? 0.62 : 0.78) - (isBadSpell(thing, at) ? 0.2 : 0);
	return Math.min(0.97, base + 0.08 * bell(thing.id, at, 16));
}

function labelOf({ id, label }: DayThing, at: number): string {
	const others = label === "person" ? ["person"] : ["car", "truck", "bus"];
	const isWrong = chance(id, at, 17) < 0.08 || chance(id, Math.floor(at / 20_000), 18) < 0.08;
	return isWrong
		? (others[Math.floor(chance(id, Math.floor(at / 20_000), 19) * others.length)] ?? "car")
		: (label ?? "");
}

function wandered(box: Box, { id }: DayThing, at: number): Box {
	const [w, h] = [box.x2 - box.x1, box.y2 - box.y1];
	const by = (salt: number, size: number) => 0.012 * size * bell(id, at, salt);
	const inside = (value: number) => Math.min(1, Math.max(0, value));
	return {
		x1: inside(box.x1 + by(21, w)),
		y1: inside(box.y1 + by(22, h)),
		x2: inside(box.x2 + by(23, w)),
		y2: inside(box.y2 + by(24, h)),
	};
}

/** A box where nothing is, for one look; at night one that comes back on the marking for minutes, never sure. */
function flashes(at: number, light: Light): Detection[] {
	const found: Detection[] = [];
	if (chance(at, 41) < 0.002) {
		const [x, y] = [0.7 * chance(at, 42), 0.4 + 0.3 * chance(at, 43)];
		found.push({ label: "car", confidence: 0.35, box: { x1: x, y1: y, x2: x + 0.15, y2: y + 0.2 } });
	}
	const isGhostTime = light.infrared && at % 7_200_000 < 600_000;
	if (isGhostTime && chance(at, 44) < 0.4) {
		found.push({
			label: "car",
			confidence: 0.26 + 0.1 * chance(at, 45),
			box: { x1: 0.3, y1: 0.5, x2: 0.44, y2: 0.66 },
		});
	}
	return found;
}
