import type { CameraState } from "./camera-step.ts";
import { noGoods } from "./goods/watch-goods.ts";
import type { OccupancyPeriod } from "./occupancy/types.ts";
import type { ZoneState } from "./occupancy/zone-state.ts";
import { noStillness, type Stillness } from "./view/frozen.ts";
import { initialViewState, type ViewState } from "./view/judge-view.ts";
import type { Patch } from "./picture/patch.ts";
import type { Track } from "./tracking/track.ts";

/** Goes up with every change of `CameraState` that an older program could not read, or that an older state lacks. */
export const cameraStateVersion = 3;

/**
 * A stored state in today's shape, so that an upgrade of the program keeps what is open. Each version has its step to the
 * next; examples of each, written by the program of its time, lie in fixtures/states.
 *
 * @throws Error where it is of no version that this program reads: begin anew then
 */
export function upgradeCameraState(version: unknown, state: unknown): CameraState {
	if (typeof state !== "object" || state === null) throw new Error("is no camera state");
	switch (version) {
		case 1:
			return fromVersion1(state as Version1);
		case 2:
			return fromVersion2(state as Version2);
		case cameraStateVersion:
			return state as CameraState;
		default:
			throw new Error(
				`is a camera state of version ${String(version)}, this program reads versions 1 to ${cameraStateVersion}`,
			);
	}
}

/** Version 1 knew vehicles alone, and counted no blind time. */
interface Version1 {
	readonly zones: readonly ZoneVersion1[];
	readonly tracks: { readonly list: readonly TrackVersion1[]; readonly nextId: number };
	readonly lastFrameAt: number | null;
	readonly blind: boolean;
}

/** It kept the patch of the last sighting alone. */
type TrackVersion1 = Omit<Track, "places"> & { readonly patch: Patch };

interface ZoneVersion1 extends Omit<ZoneState, "open" | "clearance" | "watchedSince" | "blindMs"> {
	readonly open: Omit<OccupancyPeriod, "outline" | "clearance"> | null;
}

function fromVersion1({ zones, tracks, lastFrameAt, blind }: Version1): CameraState {
	return {
		zones: zones.map((zone) => ({
			...zone,
			open: zone.open && { outline: [], clearance: null, ...zone.open },
			clearance: null,
			watchedSince: lastFrameAt ?? zone.since,
			blindMs: 0,
		})),
		tracks: { ...tracks, list: tracks.list.map(trackFromVersion1) },
		goods: noGoods,
		view: initialViewState(),
		lastFrameAt,
		lookedAt: lastFrameAt,
		blind,
	};
}

/** Version 2 knew the last picture by a hash of its bytes. */
type Version2 = Omit<CameraState, "view"> & {
	readonly view: Omit<ViewState, "stillness"> & {
		readonly stillness: Pick<Stillness, "longestMs" | "pictures"> & { readonly print: number | null };
	};
};

function fromVersion2({ view, ...state }: Version2): CameraState {
	const { longestMs, pictures } = view.stillness;
	return { ...state, view: { ...view, stillness: { ...noStillness, longestMs, pictures } } };
}

function trackFromVersion1({ patch, ...track }: TrackVersion1): Track {
	const last = track.sightings.at(-1);
	return { ...track, places: last ? [{ at: last.at, box: last.box, patch }] : [] };
}
