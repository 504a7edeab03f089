import type { CameraScene, CameraState, CameraStep } from "#core/camera.ts";
import type { Detection } from "#core/detection.ts";
import type { Box, Polygon } from "#core/geometry/shapes.ts";
import { thingOutline } from "#core/goods/thing.ts";
import type { LaneState, OccupancyCause, UnknownReason } from "#core/occupancy/types.ts";
import type { ZoneKind } from "#core/scene.ts";
import { labelOf, lastSighting } from "#core/tracking/track.ts";

/** What the rules make of one look, ready to be drawn over its picture. Plain data; coordinates 0..1, instants in ms. */
export interface Overlay {
	readonly at: number;
	/** Whether the picture could be trusted, and why not; null as reason: doubtful, not yet told. */
	readonly view: { readonly fit: boolean; readonly reason: UnknownReason | null; readonly since: number | null };
	/** Outlines of everything that was put down anywhere in the picture, whether or not it counts. */
	readonly things: readonly Polygon[];
	readonly zones: readonly OverlayZone[];
	/** What the model saw in this look. */
	readonly detections: readonly Detection[];
	readonly tracks: readonly OverlayTrack[];
	/** What counts as standing in a zone, the same thing once for each of them. */
	readonly stays: readonly OverlayStay[];
}

export interface OverlayZone {
	readonly zoneId: string;
	readonly kind: ZoneKind;
	readonly polygon: Polygon;
	/** Null for a mask, which has none. */
	readonly state: LaneState | null;
	readonly since: number;
	readonly reason: UnknownReason | null;
	/** The occupancy that is raised and not cleared. */
	readonly open: {
		readonly label: string;
		readonly cause: OccupancyCause;
		readonly enteredAt: number;
		readonly raisedAt: number;
	} | null;
}

export interface OverlayTrack {
	readonly trackId: number;
	readonly label: string;
	/** Where it stands, or was seen last. */
	readonly box: Box;
	/** Null while it moves. */
	readonly standsSince: number | null;
	/** The first look that showed it gone. */
	readonly missingSince: number | null;
	/** How much its place looks as it did at the sighting before. */
	readonly alike: number | null;
}

export interface OverlayStay {
	readonly zoneId: string;
	readonly cause: OccupancyCause;
	readonly label: string;
	readonly since: number;
	readonly missingSince: number | null;
	/** Whether what is known of it is enough for an alert. */
	readonly confirmed: boolean;
	readonly box: Box;
	readonly outline: readonly Polygon[];
}

export interface Overlaid {
	readonly at: number;
	readonly state: CameraState;
	readonly scene: CameraScene;
	readonly looks: CameraStep["looks"];
	readonly detections: readonly Detection[];
}

export function overlayOf({ at, state, scene, looks, detections }: Overlaid): Overlay {
	const { fit, reason, since } = state.view.verdict;
	return {
		...{ at, detections, view: { fit, reason, since }, things: thingsOf(state) },
		...{ zones: zonesOf(state, scene), tracks: tracksOf(state), stays: staysOf(looks) },
	};
}

function zonesOf(state: CameraState, scene: CameraScene): OverlayZone[] {
	const known = new Map(state.zones.map((zone) => [zone.zoneId, zone]));
	return scene.zones.map(({ id: zoneId, kind, polygon }) => {
		const zone = known.get(zoneId);
		if (!zone) return { zoneId, kind, polygon, state: null, since: 0, reason: null, open: null };
		const { since, reason, open } = zone;
		return {
			...{ zoneId, kind, polygon, state: zone.state, since, reason },
			open: open && { label: open.label, cause: open.cause, enteredAt: open.enteredAt, raisedAt: open.raisedAt },
		};
	});
}

function thingsOf({ goods: { layers, things } }: CameraState): Polygon[] {
	return layers ? things.map((thing) => thingOutline(layers.grid, thing)) : [];
}

function tracksOf({ tracks }: CameraState): OverlayTrack[] {
	return tracks.list.map((track) => ({
		trackId: track.id,
		label: labelOf(track),
		box: track.stand?.box ?? lastSighting(track).box,
		standsSince: track.stand?.since ?? null,
		missingSince: track.stand?.missingSince ?? null,
		alike: lastSighting(track).alike,
	}));
}

function staysOf(looks: CameraStep["looks"]): OverlayStay[] {
	return looks.flatMap(({ zoneId, look }) =>
		look.stays.map(({ since, missingSince, confirmed, occupant: { cause, label, box, outline } }) => ({
			...{ zoneId, cause, label, since, missingSince, confirmed, box, outline },
		})),
	);
}
