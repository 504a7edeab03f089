import { Dice } from "./chance.ts";
import * as pieces from "./pieces.ts";
import type { Piece, Stretch } from "./pieces.ts";

/** From `fromAt` to `toAt` (ms of the day), `toAt` excluded. */
export interface Span {
	readonly fromAt: number;
	readonly toAt: number;
}

export interface StreamGap extends Span {
	/** Whether the connection breaks, which is told; else the pictures just stop coming. */
	readonly told: boolean;
}

/** The edge is killed at about `at`, and watches again `downMs` later. */
export interface Kill {
	readonly at: number;
	readonly downMs: number;
}

/** A day in front of one camera, its truth, and what befalls stream and edge meanwhile. Plain data. */
export interface DayPlan {
	readonly seed: number;
	readonly lastsMs: number;
	readonly pieces: readonly Piece[];
	readonly gaps: readonly StreamGap[];
	readonly kills: readonly Kill[];
}

export interface DayWish {
	readonly seed: number;
	readonly hours: number;
	readonly kills: number;
	readonly gaps: number;
	/** Whether cartons are left in the lane as well. */
	readonly goods: boolean;
}

const minute = 60_000;

export function planDay(wish: DayWish): DayPlan {
	const lastsMs = wish.hours * 60 * minute;
	const day = piecesOf(wish, lastsMs);
	const stretches = day.flatMap(({ stretch }) => stretch ?? []);
	const dice = new Dice(wish.seed + 1);
	const gaps: StreamGap[] = [];
	const kills: Kill[] = [];
	const fits = (span: Span, awayMs: number) =>
		span.fromAt > minute &&
		span.toAt < lastsMs - 3 * minute &&
		[...gaps, ...kills.map(spanOfKill)].every(
			(other) => span.toAt + awayMs < other.fromAt || span.fromAt - awayMs > other.toAt,
		) &&
		isDecidable(stretches, [...gaps, ...kills.map(spanOfKill), span]);
	for (let tries = 0; gaps.length < wish.gaps && tries < 10_000; tries++) {
		const fromAt = Math.round(someInstant(dice, stretches, lastsMs));
		const gap = { fromAt, toAt: fromAt + Math.round(dice.between(10_000, 120_000)), told: dice.next() < 0.5 };
		if (fits(gap, minute)) gaps.push(gap);
	}
	for (let tries = 0; kills.length < wish.kills && tries < 10_000; tries++) {
		// One that comes while the stream is lost already.
		const gap = kills.length === 0 ? gaps[0] : undefined;
		const at = gap ? (gap.fromAt + gap.toAt) / 2 : someInstant(dice, stretches, lastsMs);
		const kill = { at: Math.round(at), downMs: Math.round(dice.skewed(3_000, 60_000)) };
		if (gap ? isDecidable(stretches, [...gaps, spanOfKill(kill)]) : fits(spanOfKill(kill), 15_000)) kills.push(kill);
	}
	return {
		seed: wish.seed,
		lastsMs,
		pieces: day,
		gaps: gaps.toSorted((a, b) => a.fromAt - b.fromAt),
		kills: kills.toSorted((a, b) => a.at - b.at),
	};
}

function piecesOf({ seed, goods }: DayWish, lastsMs: number): Piece[] {
	const dice = new Dice(seed);
	const longQuietAt = lastsMs * dice.between(0.55, 0.7);
	const day: Piece[] = [];
	let [at, hadLongQuiet] = [minute, false];
	for (;;) {
		const kind = dice.next();
		const next =
			at > longQuietAt && !hadLongQuiet
				? pieces.quiet("nothing for hours", at, lastsMs * dice.between(0.08, 0.12))
				: pieceOf(kind, goods, dice, at);
		hadLongQuiet ||= at > longQuietAt;
		if (next.endsAt > lastsMs - 5 * minute) {
			if (lastsMs - at < 15 * minute) return day;
			continue; // a shorter one may fit
		}
		day.push(next);
		at = next.endsAt + dice.skewed(1.5, 12) * minute;
	}
}

function pieceOf(kind: number, goods: boolean, dice: Dice, at: number): Piece {
	if (goods && kind < 0.18) return pieces.cartonLies(dice, at);
	if (kind < 0.55) return pieces.carStands(dice, at);
	if (kind < 0.65) return pieces.twoCarsStand(dice, at);
	if (kind < 0.75) return pieces.carsPass(dice, at);
	if (kind < 0.83) return pieces.carManoeuvres(dice, at);
	if (kind < 0.91) return pieces.carStopsShortly(dice, at);
	return pieces.peopleWalkBy(dice, at);
}

/** Any, or one of those that matter: when something comes, when its alert is due, when it leaves. */
function someInstant(dice: Dice, stretches: readonly Stretch[], lastsMs: number): number {
	const [first, ...more] = stretches;
	if (!first || dice.next() < 0.4) return dice.between(0, lastsMs);
	const { fromAt, toAt } = dice.oneOf([first, ...more]);
	const moment = dice.oneOf([fromAt, fromAt + 120_000, toAt, toAt + 10_000]);
	return moment + dice.between(-4_000, 4_000);
}

/** What passes from the kill to the first look after it is not seen; when exactly the signal arrives is not ours to say. */
export function spanOfKill({ at, downMs }: Kill): Span {
	return { fromAt: at - 2_000, toAt: at + downMs + 5_000 };
}

/**
 * Whether a camera that is blind in these spans can still tell each stretch from the next: it sees enough of each for
 * an alert, and enough of the free lane between two.
 */
export function isDecidable(stretches: readonly Stretch[], blind: readonly Span[]): boolean {
	const sees = (from: number, to: number, wantedMs: number) => longestSight(from, to, blind) >= wantedMs;
	return stretches.every(({ cause, fromAt, toAt }, index) => {
		const dueAt = fromAt + (cause === "vehicle" ? 125_000 : 310_000);
		const freeUntil = stretches[index + 1]?.fromAt ?? Infinity;
		return sees(dueAt, toAt, 45_000) && (freeUntil === Infinity || sees(toAt, freeUntil, 45_000));
	});
}

function longestSight(from: number, to: number, blind: readonly Span[]): number {
	let [longest, since] = [0, from];
	for (const { fromAt, toAt } of blind.toSorted((a, b) => a.fromAt - b.fromAt)) {
		if (toAt <= from || fromAt >= to) continue;
		longest = Math.max(longest, fromAt - since);
		since = Math.max(since, toAt);
	}
	return Math.max(longest, to - since);
}
