import type { Dice } from "./chance.ts";
import { type DayThing, lastAt } from "./things.ts";

/** The lane lies across the picture; before it, nearer to the camera, runs the road. */
export const lanePolygon = [
	[0.22, 0.48],
	[0.78, 0.48],
	[0.82, 0.7],
	[0.18, 0.7],
] as const;
const laneY = 0.64;
const roadY = 0.99;

/** How long the lane was really taken, and by what. */
export interface Stretch {
	readonly cause: "vehicle" | "object";
	readonly fromAt: number;
	readonly toAt: number;
}

/** Some minutes of the day: what happens, and what should be told of it (null: nothing). */
export interface Piece {
	readonly name: string;
	readonly things: readonly DayThing[];
	readonly stretch: Stretch | null;
	readonly endsAt: number;
}

const second = 1_000;
const minute = 60 * second;

const car = { label: "car", width: 0.17, height: 0.22 } as const;
const person = { label: "person", width: 0.045, height: 0.2 } as const;

/** In from the left, there from `fromAt` to `toAt`, out to the right. */
function stands(dice: Dice, x: number, fromAt: number, toAt: number): DayThing {
	const way = dice.between(5, 10) * second;
	const y = laneY + dice.between(-0.02, 0.02);
	const label = dice.oneOf(["car", "car", "truck"] as const);
	return {
		...car,
		id: dice.id(),
		label,
		path: [
			{ at: fromAt - way, x: -0.1, y },
			{ at: fromAt, x, y },
			{ at: toAt, x, y },
			{ at: toAt + way, x: 1.1, y },
		],
	};
}

function drivesThrough(dice: Dice, at: number, y: number, size: Pick<DayThing, "label" | "width" | "height">) {
	const way = dice.between(4, 12) * second;
	return {
		...size,
		id: dice.id(),
		path: [
			{ at, x: -0.15, y },
			{ at: at + way, x: 1.15, y },
		],
	};
}

function walksBy(dice: Dice, at: number): DayThing {
	const y = laneY + dice.between(-0.04, 0.05);
	const way = dice.between(14, 30) * second;
	const [from, to] = dice.next() < 0.5 ? [-0.05, 1.05] : [1.05, -0.05];
	return {
		...person,
		id: dice.id(),
		path: [
			{ at, x: from, y },
			{ at: at + way, x: to, y },
		],
	};
}

/** A delivery van that stops on the road for about a minute, between the camera and what stands at `x`. */
function hides(dice: Dice, x: number, at: number): DayThing {
	const stop = dice.between(50, 65) * second;
	return {
		label: "truck",
		width: 0.42,
		height: 0.64,
		id: dice.id(),
		path: [
			{ at: at - 6 * second, x: -0.25, y: roadY },
			{ at, x, y: roadY },
			{ at: at + stop, x, y: roadY },
			{ at: at + stop + 6 * second, x: 1.25, y: roadY },
		],
	};
}

/** What goes on around something that stands there: people, traffic on the road, at times a van in front of it. */
function around(dice: Dice, x: number, fromAt: number, toAt: number): DayThing[] {
	const things: DayThing[] = [];
	for (
		let at = fromAt + dice.between(20, 200) * second;
		at < toAt - 40 * second;
		at += dice.between(60, 600) * second
	) {
		const kind = dice.next();
		if (kind < 0.45) things.push(walksBy(dice, at));
		else if (kind < 0.9) things.push(drivesThrough(dice, at, roadY, { label: "car", width: 0.3, height: 0.34 }));
		else things.push(drivesThrough(dice, at, roadY, { label: "bus", width: 0.6, height: 0.66 }));
	}
	if (toAt - fromAt > 8 * minute && dice.next() < 0.5) {
		things.push(hides(dice, x, dice.between(fromAt + 4 * minute, toAt - 3 * minute)));
	}
	return things;
}

const placeIn = (dice: Dice) => dice.between(0.36, 0.64);
const vehicle = (fromAt: number, toAt: number): Stretch => ({ cause: "vehicle", fromAt, toAt });
const after = (things: readonly DayThing[]) => Math.max(...things.map(lastAt));

export function carStands(dice: Dice, at: number): Piece {
	const [x, fromAt] = [placeIn(dice), at + 12 * second];
	const toAt = fromAt + dice.skewed(3, 90) * minute;
	const things = [stands(dice, x, fromAt, toAt), ...around(dice, x, fromAt, toAt)];
	return { name: "a car stands", things, stretch: vehicle(fromAt, toAt), endsAt: after(things) };
}

/** A second one parks beside the first, which leaves: one occupancy of the lane. */
export function twoCarsStand(dice: Dice, at: number): Piece {
	const fromAt = at + 12 * second;
	const secondAt = fromAt + dice.between(3, 15) * minute;
	const firstLeaves = secondAt + dice.between(1, 10) * minute;
	const toAt = firstLeaves + dice.between(3, 20) * minute;
	// The right one is there first, so that neither drives through the other.
	const things = [stands(dice, 0.66, fromAt, firstLeaves), stands(dice, 0.4, secondAt, toAt)];
	return { name: "a second car parks beside it", things, stretch: vehicle(fromAt, toAt), endsAt: after(things) };
}

export function carsPass(dice: Dice, at: number): Piece {
	const things: DayThing[] = [];
	for (let next = at; things.length < 5; next += dice.between(8, 40) * second) {
		things.push(
			drivesThrough(dice, next, laneY, { ...car, label: dice.oneOf(["car", "car", "truck", "bus"] as const) }),
		);
	}
	return { name: "cars pass", things, stretch: null, endsAt: after(things) };
}

/** To and fro in the lane for half a minute. */
export function carManoeuvres(dice: Dice, at: number): Piece {
	const x = placeIn(dice);
	const path = [{ at, x: -0.1, y: laneY }];
	const turns = Math.round(dice.between(4, 8));
	for (let turn = 0; turn <= turns; turn++) {
		const side = turn % 2 === 0 ? 0.08 : -0.08;
		path.push({ at: at + (7 + 5 * turn) * second, x: x + side, y: laneY + 0.02 * Math.sin(turn) });
	}
	path.push({ at: (path.at(-1)?.at ?? at) + 7 * second, x: 1.1, y: laneY });
	const thing: DayThing = { ...car, id: dice.id(), path };
	return { name: "a car manoeuvres", things: [thing], stretch: null, endsAt: lastAt(thing) };
}

export function carStopsShortly(dice: Dice, at: number): Piece {
	const fromAt = at + 12 * second;
	const thing = stands(dice, placeIn(dice), fromAt, fromAt + dice.between(15, 95) * second);
	return { name: "a car stops for less than the on-delay", things: [thing], stretch: null, endsAt: lastAt(thing) };
}

export function peopleWalkBy(dice: Dice, at: number): Piece {
	const things = [0, 1, 2].map((n) => walksBy(dice, at + n * dice.between(5, 60) * second));
	return { name: "people walk by", things, stretch: null, endsAt: after(things) };
}

/** Somebody carries a carton into the lane, leaves it there, and fetches it later. */
export function cartonLies(dice: Dice, at: number): Piece {
	const x = placeIn(dice);
	const y = laneY + 0.02;
	const downAt = at + 15 * second;
	const upAt = downAt + dice.skewed(10, 60) * minute;
	const visits = [downAt, upAt].map((there): DayThing => ({
		...person,
		id: dice.id(),
		path: [
			{ at: there - 14 * second, x: -0.05, y },
			{ at: there - 2 * second, x: x - 0.05, y },
			{ at: there + 2 * second, x: x - 0.05, y },
			{ at: there + 14 * second, x: -0.05, y },
		],
	}));
	const carton: DayThing = {
		label: null,
		width: 0.1,
		height: 0.12,
		id: dice.id(),
		path: [
			{ at: downAt, x, y },
			{ at: upAt, x, y },
		],
	};
	const things = [carton, ...visits];
	const stretch: Stretch = { cause: "object", fromAt: downAt, toAt: upAt };
	return { name: "a carton lies", things, stretch, endsAt: after(things) };
}

export const quiet = (name: string, at: number, lastsMs: number): Piece => ({
	name,
	things: [],
	stretch: null,
	endsAt: at + lastsMs,
});
