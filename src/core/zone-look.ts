import type { CameraZone } from "./camera-scene.ts";
import { type Clearance, clearanceOf } from "./clearance/clearance.ts";
import { footprintOf } from "./clearance/footprint.ts";
import type { Polygon } from "./geometry/shapes.ts";
import type { Goods } from "./goods/watch-goods.ts";
import { type Exempted, followExempt, isExempt } from "./occupancy/exempt-stay.ts";
import { goodsStaysIn, isAccepted } from "./occupancy/goods-stay.ts";
import { reduceZone, type ZoneLook } from "./occupancy/reduce-zone.ts";
import { isSettlingIn, type Stay, staysIn } from "./occupancy/stay.ts";
import { acceptOpen, type ZoneState, type ZoneStep } from "./occupancy/zone-state.ts";
import { countingByPlate } from "./policy/plate-exemption.ts";
import { rulesAt, type ZoneRules } from "./policy/rules-at.ts";
import type { Policy } from "./scene.ts";
import type { Track } from "./tracking/track.ts";

/** What one look showed all over the picture. */
export interface Sight {
	readonly at: number;
	readonly tracks: readonly Track[];
	readonly goods: Goods;
}

/** One look further in the life of one zone, by the rules that hold at this hour. */
export function lookAtZone(
	zone: ZoneState,
	place: CameraZone,
	{ at, tracks, goods }: Sight,
): ZoneStep & { look: ZoneLook } {
	const rules = rulesAt(place, at);
	const accepted = place.accepted ?? [];
	const goodsStays = goodsStaysIn(place, goods);
	const belonging = goodsStays.filter((stay) => isAccepted(stay, accepted));
	const standing = [...staysIn(place.polygon, tracks), ...goodsStays.filter((stay) => !belonging.includes(stay))];
	const clearance = clearanceBeside([...standing, ...belonging], place, rules.policy);
	const judged = accepted.some(({ occupancyId }) => occupancyId === zone.open?.occupancyId);
	const start = judged ? acceptOpen(zone, at) : { zone, events: [] };
	const exempt = followExempt(start.zone, exemptedAmong(standing, start.zone, place, at), standing, at);
	const others = standing.filter((stay) => !isExempt(exempt.zone, stay));
	const stays = start.zone.open ? others : others.flatMap((stay) => counted(stay, rules, place, at));
	const look = { at, stays, settling: isSettlingIn(place.polygon, tracks, at) };
	const step = reduceZone({ ...exempt.zone, clearance }, look, rules.policy);
	return {
		zone: notSeenFree(step.zone, exempt.zone),
		events: [...start.events, ...exempt.events, ...step.events],
		look,
	};
}

/** What led and is exempt now has not left: that shows nothing of what else came to a stand meanwhile. */
function notSeenFree(zone: ZoneState, before: ZoneState): ZoneState {
	const { leading, countsFrom } = before;
	return leading && isExempt(before, leading) ? { ...zone, countsFrom } : zone;
}

/** While an alert is open only what was exempt before it: whatever became known later may be what raised it. */
function exemptedAmong(stays: readonly Stay[], zone: ZoneState, place: CameraZone, at: number): Exempted[] {
	return stays.flatMap((stay) => {
		const { plate } = stay;
		if (!plate || (zone.open && !isExempt(zone, stay))) return [];
		const { exempt: exemption } = countingByPlate(plate, place, at);
		return exemption ? [{ stay, plate, exemption }] : [];
	});
}

/** What is exempt raises nothing; its dwell counts from when it is no longer. */
function counted(stay: Stay, rules: ZoneRules, place: CameraZone, at: number): Stay[] {
	const { exempt, countsFrom } = rules[stay.occupant.cause];
	const ofPlate = stay.plate ? countingByPlate(stay.plate, place, at).countsFrom : 0;
	return exempt ? [] : [{ ...stay, since: Math.max(stay.since, countsFrom, ofPlate) }];
}

/** What stands does not move: what was said of a zone at the last look mostly holds at this one, and costs a lot to find. */
const said = new WeakMap<CameraZone, { readonly of: string; readonly clearance: Clearance }>();

function clearanceBeside(stays: readonly Stay[], place: CameraZone, policy: Policy): Clearance {
	const there = stays.filter(({ missingSince }) => missingSince === null);
	const footprints = there.flatMap(({ occupant }): readonly Polygon[] =>
		occupant.outline.length > 0 ? occupant.outline : [footprintOf(place, occupant.box, occupant.label)],
	);
	const of = JSON.stringify([footprints, policy.clearWidthM, policy.blockedWidthM]);
	const before = said.get(place);
	if (before?.of === of) return before.clearance;
	const clearance = clearanceOf(place, footprints, policy);
	said.set(place, { of, clearance });
	return clearance;
}
