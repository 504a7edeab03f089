import type { CameraScene, CameraZone } from "./camera-scene.ts";
import type { CameraFact, CameraState, CameraStep, LaneReport } from "./camera-step.ts";
import type { Detection } from "./detection.ts";
import type { Box } from "./geometry/shapes.ts";
import { type Goods, lookAtLanes, watchGoods } from "./goods/watch-goods.ts";
import { lastEmpty, placeLookOf, takenSince, unlearn } from "./goods/place-look.ts";
import { goodsStaysIn } from "./occupancy/goods-stay.ts";
import type { ZoneLook } from "./occupancy/reduce-zone.ts";
import { standingBoxes, staysIn } from "./occupancy/stay.ts";
import type { OccupancyEvent, UnknownReason } from "./occupancy/types.ts";
import { countBlindTime, markUnknown, newZone, type ZoneState, type ZoneStep } from "./occupancy/zone-state.ts";
import type { GreyPicture } from "./picture/grey-picture.ts";
import { isMover } from "./tracking/candidates.ts";
import { afterBlindTime, follow, type Tracks } from "./tracking/follow.ts";
import { isFollowed, moveBack } from "./view/follow-shift.ts";
import { confirmView, judgeView } from "./view/judge-view.ts";
import { knowPlate } from "./know-plate.ts";
import { lookAtZone } from "./zone-look.ts";

export type { CameraScene, CameraZone } from "./camera-scene.ts";
export { initialCameraState } from "./camera-step.ts";
export type { CameraFact, CameraState, CameraStep, LaneReport } from "./camera-step.ts";

/** One fact further. A frame that is not newer than the last one changes nothing. */
export function reduceCamera(state: CameraState, fact: CameraFact, scene: CameraScene): CameraStep {
	const at = fact.kind === "frame" ? fact.capturedAt : fact.at;
	const silent = noticeSilence(withZones(state, scene, at, "starting"), at, scene);
	const next = happen(silent, fact, scene);
	const events = [
		...changesOf(state.zones, silent.zones, at),
		...next.events,
		...changesOf(silent.zones, next.state.zones, at),
	];
	return { state: next.state, events, looks: next.looks };
}

/**
 * Goes over to other zones. What is open in a zone that is gone, or that no longer has in it what stands there, is
 * cleared by `zone_removed`; a zone whose polygon changed keeps the occupancy that still stands in it.
 */
export function adoptScene(state: CameraState, scene: CameraScene, at: number): CameraStep {
	const watched = watchedZones(scene);
	const steps = state.zones.map((zone): ZoneStep & { kept: boolean } => {
		const place = watched.find(({ id }) => id === zone.zoneId);
		const kept = place !== undefined && (zone.open === null || isStillOccupied(zone, place, state));
		return kept ? { zone, events: [], kept } : { ...giveUp(zone, at), kept: place !== undefined };
	});
	const zones = steps.filter(({ kept }) => kept).map(({ zone }) => zone);
	const adopted = withZones({ ...state, zones }, scene, at, "zone_changed");
	return {
		state: adopted,
		events: [...steps.flatMap(({ events }) => events), ...changesOf(state.zones, adopted.zones, at)],
		looks: [],
	};
}

export function laneStates(state: CameraState): readonly LaneReport[] {
	return state.zones.map(({ zoneId, state: lane, since, reason, open, clearance, watchedSince, blindMs }) => ({
		zoneId,
		state: lane,
		since,
		reason,
		open,
		clearance: lane === "unknown" ? null : clearance,
		watchedSince,
		blindMs,
	}));
}

interface Frame {
	readonly capturedAt: number;
	readonly detections: readonly Detection[];
	readonly grey: GreyPicture;
}

function look(state: CameraState, frame: Frame, scene: CameraScene): CameraStep {
	const at = frame.capturedAt;
	if (state.lastFrameAt !== null && at <= state.lastFrameAt) return nothingHappened(state);
	const confirmed = scene.viewConfirmedAt === undefined ? state.view : confirmView(state.view, scene.viewConfirmedAt);
	const moving = frame.detections.filter(isMover).map(({ box }) => box);
	const { state: view, verdict } = judgeView(confirmed, { at, grey: frame.grey, moving });
	const judged = { ...state, view, lastFrameAt: at };
	if (verdict.reason !== null) return nothingHappened(goBlind(judged, at, verdict.reason));
	if (!verdict.fit) return nothingHappened(judged);
	return understand(judged, isFollowed(verdict.shift) ? moveBack(frame, verdict.shift) : frame, scene);
}

const nothingHappened = (state: CameraState): CameraStep => ({ state, events: [], looks: [] });

/** What a picture that can be trusted says of the zones. */
function understand(state: CameraState, { capturedAt: at, detections, grey }: Frame, scene: CameraScene): CameraStep {
	const ignored = scene.zones.filter(({ kind }) => kind === "ignore").map(({ polygon }) => polygon);
	const before = state.blind ? afterBlindTime(state.tracks) : state.tracks;
	const stood = before.list.flatMap(({ stand }) => (stand ? [stand.box] : []));
	const lanes = lookAtLanes(state.goods, { at, grey, detections, standing: stood });
	const placeLook = (box: Box) => (lanes.layers ? placeLookOf(lanes.layers, box, at) : "unknown");
	const placeTakenSince = (box: Box) => (lanes.layers ? takenSince(lanes.layers, box) : null);
	const placeLastEmpty = (box: Box) => (lanes.layers ? lastEmpty(lanes.layers, box) : null);
	const seen = { at, detections, grey, ignored, afterBlindness: state.blind };
	const tracks = follow(before, { ...seen, placeLook, placeTakenSince, placeLastEmpty });
	const watched = watchedZones(scene);
	const standing = standingBoxes(tracks.list);
	const zones = watched.map(({ polygon }) => polygon);
	const goods = watchGoods(withoutLearned(lanes, state.tracks, tracks), {
		at,
		standing,
		zones,
		ignored,
	});
	const places = new Map(watched.map((zone) => [zone.id, zone]));
	const blindFrom = state.lookedAt === null ? null : state.lookedAt + (state.lookGapMs ?? 0);
	const lookGapMs = state.blind || state.lookedAt === null ? state.lookGapMs : at - state.lookedAt;
	const steps = state.zones.map((zone): ZoneStep & { readonly look?: ZoneLook } => {
		const place = places.get(zone.zoneId);
		if (!place) return { zone, events: [] };
		return lookAtZone(countBlindTime(zone, blindFrom, at), place, { at, tracks: tracks.list, goods });
	});
	return {
		state: {
			...state,
			zones: steps.map(({ zone }) => zone),
			tracks,
			goods,
			lookedAt: at,
			...(lookGapMs === undefined ? {} : { lookGapMs }),
			blind: false,
		},
		events: steps.flatMap(({ events }) => events),
		looks: steps.flatMap(({ zone: { zoneId }, look }) => (look ? [{ zoneId, look }] : [])),
	};
}

/** What comes to be known to stand may have stood there when the empty lane was learned. */
function withoutLearned(lanes: Goods, before: Tracks, now: Tracks): Goods {
	const stood = new Set(before.list.filter(({ stand }) => stand).map(({ id }) => id));
	const arrived = now.list.filter(({ id }) => !stood.has(id));
	const boxes = standingBoxes(arrived);
	return lanes.layers && boxes.length > 0 ? { ...lanes, layers: unlearn(lanes.layers, boxes) } : lanes;
}

function happen(state: CameraState, fact: CameraFact, scene: CameraScene): CameraStep {
	switch (fact.kind) {
		case "tick":
			return nothingHappened(state);
		case "blind": {
			const at = Math.max(fact.at, state.lastFrameAt ?? fact.at);
			return nothingHappened(goBlind(state, at, fact.reason));
		}
		case "plate":
			return knowPlate(state, fact, scene);
		case "frame":
			return look(state, fact, scene);
	}
}

/** Silence counts from when it had lasted too long, whenever somebody notices. */
function noticeSilence(state: CameraState, at: number, scene: CameraScene): CameraState {
	if (state.lastFrameAt === null || state.blind) return state;
	const silentAt = state.lastFrameAt + Math.min(...watchedZones(scene).map(({ policy }) => policy.blindAfterMs));
	return at > silentAt ? goBlind(state, silentAt, "stream_lost") : state;
}

function goBlind(state: CameraState, at: number, reason: UnknownReason): CameraState {
	return { ...state, zones: state.zones.map((zone) => markUnknown(zone, at, reason)), blind: true };
}

function changesOf(before: readonly ZoneState[], after: readonly ZoneState[], at: number): OccupancyEvent[] {
	const known = new Map(before.map((zone) => [zone.zoneId, zone]));
	return after
		.filter((zone) => known.get(zone.zoneId)?.state !== zone.state || known.get(zone.zoneId)?.reason !== zone.reason)
		.map(({ zoneId, state, since, reason }) => ({
			kind: "stateChanged",
			zoneId,
			at: state === "unknown" ? since : at,
			state,
			since,
			reason,
		}));
}

function withZones(state: CameraState, scene: CameraScene, at: number, reason: UnknownReason): CameraState {
	const known = new Set(state.zones.map(({ zoneId }) => zoneId));
	const missing = watchedZones(scene).filter(({ id }) => !known.has(id));
	if (missing.length === 0) return state;
	return { ...state, zones: [...state.zones, ...missing.map(({ id }) => newZone(id, at, reason))] };
}

function isStillOccupied(zone: ZoneState, place: CameraZone, { tracks, goods }: CameraState): boolean {
	if (zone.freed !== null) return true;
	return staysIn(place.polygon, tracks.list).length > 0 || goodsStaysIn(place, goods).length > 0;
}

/** Nobody watches any more what this zone was waiting for. That the lane was watched, and blind, is still true. */
function giveUp(zone: ZoneState, at: number): ZoneStep {
	const { zoneId, open, leading, watchedSince, blindMs } = zone;
	const events: OccupancyEvent[] = leading ? [{ kind: "left", zoneId, at }] : [];
	for (const stay of zone.exempt ?? []) {
		events.push({ kind: "exemptionEnded", zoneId, at, stay, endedAt: Math.round(at), why: "zone_removed" });
	}
	if (open) {
		const period = { ...open, clearedAt: Math.round(at) };
		events.push({ kind: "cleared", zoneId, at, period, by: "zone_removed" });
	}
	return { zone: { ...newZone(zoneId, at, "zone_changed"), watchedSince, blindMs }, events };
}

const watchedZones = ({ zones }: CameraScene) => zones.filter(({ kind }) => kind !== "ignore");
