import type { CalibrationBody, HoursOfDayBody, ZoneBody } from "#contract/http-api.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import type { ZoneKind } from "#core/scene.ts";
import { insidePicture, maxPoints } from "./polygon-shape.ts";

/** The zone editor without a screen: what is drawn, what is chosen, and the way back. */
export interface EditorState {
	readonly zones: readonly ZoneBody[];
	/** The zone that is being drawn; not among `zones` until it is finished. */
	readonly draft: { readonly kind: ZoneKind; readonly points: Polygon } | null;
	readonly chosenId: string | null;
	readonly past: readonly (readonly ZoneBody[])[];
	readonly future: readonly (readonly ZoneBody[])[];
	/** Changes of one gesture (a drag, a row of key presses, typing a name) are undone as one. */
	readonly gesture: string | null;
	/** What the server has. */
	readonly saved: readonly ZoneBody[];
}

export type EditorAction =
	| { readonly do: "begin"; readonly kind: ZoneKind }
	| { readonly do: "addPoint"; readonly at: Point }
	| { readonly do: "finish"; readonly id: string; readonly name: string }
	| { readonly do: "cancel" }
	| { readonly do: "choose"; readonly id: string | null }
	| { readonly do: "reshape"; readonly id: string; readonly polygon: Polygon; readonly gesture?: string }
	| { readonly do: "rename"; readonly id: string; readonly name: string }
	| { readonly do: "setKind"; readonly id: string; readonly kind: ZoneKind }
	| { readonly do: "setPolicy"; readonly id: string; readonly policy: NonNullable<ZoneBody["policy"]> }
	/** Null: the zone has no size any more. */
	| { readonly do: "setCalibration"; readonly id: string; readonly calibration: CalibrationBody | null }
	| { readonly do: "setHours"; readonly id: string; readonly hours: NonNullable<ZoneBody["hours"]> }
	/** Null: always. */
	| { readonly do: "setArmed"; readonly id: string; readonly armed: NonNullable<ZoneBody["armed"]> | null }
	| { readonly do: "remove"; readonly id: string }
	| { readonly do: "undo" }
	| { readonly do: "redo" }
	/** The server has taken over what was sent, perhaps with names trimmed. */
	| { readonly do: "saved"; readonly sent: readonly ZoneBody[]; readonly zones: readonly ZoneBody[] }
	/** Begin anew with what the server has. */
	| { readonly do: "load"; readonly zones: readonly ZoneBody[] };

export const maxZones = 32;
/** A slip of the hand sets two points on one place. */
const samePlace = 0.004;
const maxPast = 200;

export function startEditor(zones: readonly ZoneBody[]): EditorState {
	return { zones, draft: null, chosenId: null, past: [], future: [], gesture: null, saved: zones };
}

export function reduceEditor(state: EditorState, action: EditorAction): EditorState {
	switch (action.do) {
		case "begin":
			if (state.zones.length >= maxZones) return state;
			return { ...state, draft: { kind: action.kind, points: [] }, chosenId: null, gesture: null };
		case "addPoint":
			return withDraftPoint(state, insidePicture(action.at));
		case "finish":
			return finished(state, action);
		case "cancel":
			return state.draft ? { ...state, draft: null } : { ...state, chosenId: null, gesture: null };
		case "choose":
			if (state.draft || action.id === state.chosenId) return state;
			return { ...state, chosenId: action.id, gesture: null };
		case "reshape":
			if (action.polygon.length < 3 || action.polygon.length > maxPoints) return state;
			return withZone(state, action.id, { polygon: action.polygon.map(([x, y]) => [x, y]) }, action.gesture ?? null);
		case "rename":
			return withZone(state, action.id, { name: action.name }, `rename ${action.id}`);
		case "setKind":
			return withZone(state, action.id, { kind: action.kind }, null);
		case "setPolicy":
			return withRules(state, action.id, { policy: action.policy });
		case "setHours":
			return withRules(state, action.id, { hours: action.hours });
		case "setArmed":
			return withRules(state, action.id, { armed: action.armed });
		case "setCalibration":
			return withCalibration(state, action.id, action.calibration);
		case "remove": {
			const zones = state.zones.filter(({ id }) => id !== action.id);
			return { ...withZones(state, zones, null), chosenId: state.chosenId === action.id ? null : state.chosenId };
		}
		case "undo":
			return undone(state);
		case "redo":
			return redone(state);
		case "saved": {
			const untouched = sameZones(state.zones, action.sent);
			return { ...state, zones: untouched ? action.zones : state.zones, saved: action.zones, gesture: null };
		}
		case "load":
			return { ...startEditor(action.zones), chosenId: keptChoice(state.chosenId, action.zones) };
	}
}

export function isDirty({ zones, saved, draft }: EditorState): boolean {
	return draft !== null || !sameZones(zones, saved);
}

/** In value, whatever the order of keys. */
export function sameZones(one: readonly ZoneBody[], other: readonly ZoneBody[]): boolean {
	const plain = (zones: readonly ZoneBody[]) =>
		JSON.stringify(
			zones.map(({ id, name, kind, polygon, calibration, policy = {}, hours = [], armed }) => [
				...[id, name, kind, polygon, plainSize(calibration), sortedKeys(policy), armed?.map(plainHours)],
				hours.map((each) => [plainHours(each), sortedKeys(each.policy)]),
			]),
		);
	return one === other || plain(one) === plain(other);
}

function plainSize(calibration: CalibrationBody | undefined): unknown {
	if (!calibration) return null;
	if ("points" in calibration) return calibration.points.map(({ at, m }) => [at, m]);
	return [calibration.widthM, calibration.lengthM];
}

const sortedKeys = (keys: object) => Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
const plainHours = ({ days, from, to }: HoursOfDayBody) => [days, from, to];

function withDraftPoint(state: EditorState, at: Point): EditorState {
	const { draft } = state;
	if (!draft || draft.points.length >= maxPoints) return state;
	const last = draft.points.at(-1);
	if (last && Math.hypot(last[0] - at[0], last[1] - at[1]) < samePlace) return state;
	return { ...state, draft: { ...draft, points: [...draft.points, at] } };
}

function finished(state: EditorState, { id, name }: { readonly id: string; readonly name: string }): EditorState {
	const { draft } = state;
	if (!draft || draft.points.length < 3) return state;
	const zone: ZoneBody = { id, name, kind: draft.kind, polygon: draft.points.map(([x, y]) => [x, y]) };
	return { ...withZones(state, [...state.zones, zone], null), draft: null, chosenId: id };
}

interface RulesChange {
	readonly policy?: NonNullable<ZoneBody["policy"]>;
	readonly hours?: NonNullable<ZoneBody["hours"]>;
	readonly armed?: NonNullable<ZoneBody["armed"]> | null;
}

/** What sets nothing is left out. */
function withRules(state: EditorState, id: string, change: RulesChange): EditorState {
	const zones = state.zones.map((zone): ZoneBody => {
		if (zone.id !== id) return zone;
		const { policy, hours, armed, ...rest } = { ...zone, ...change };
		return {
			...rest,
			...(policy && Object.keys(policy).length > 0 ? { policy } : {}),
			...(hours && hours.length > 0 ? { hours } : {}),
			...(armed ? { armed } : {}),
		};
	});
	return withZones(state, zones, `${Object.keys(change).join()} ${id}`);
}

function withCalibration(state: EditorState, id: string, calibration: CalibrationBody | null): EditorState {
	const zones = state.zones.map((zone): ZoneBody => {
		if (zone.id !== id) return zone;
		if (calibration) return { ...zone, calibration };
		const changed = { ...zone };
		delete changed.calibration;
		return changed;
	});
	return sameZones(zones, state.zones) ? state : withZones(state, zones, `size ${id}`);
}

function withZone(state: EditorState, id: string, change: Partial<ZoneBody>, gesture: string | null): EditorState {
	if (!state.zones.some((zone) => zone.id === id)) return state;
	const zones = state.zones.map((zone) => (zone.id === id ? { ...zone, ...change } : zone));
	return sameZones(zones, state.zones) ? state : withZones(state, zones, gesture);
}

function withZones(state: EditorState, zones: readonly ZoneBody[], gesture: string | null): EditorState {
	const goesOn = gesture !== null && gesture === state.gesture;
	const past = goesOn ? state.past : [...state.past, state.zones].slice(-maxPast);
	return { ...state, zones, past, future: [], gesture };
}

/** While a zone is being drawn, its last point is what is taken back. */
function undone(state: EditorState): EditorState {
	const { draft } = state;
	if (draft) {
		if (draft.points.length === 0) return { ...state, draft: null };
		return { ...state, draft: { ...draft, points: draft.points.slice(0, -1) } };
	}
	const before = state.past.at(-1);
	if (!before) return state;
	return {
		...state,
		zones: before,
		past: state.past.slice(0, -1),
		future: [...state.future, state.zones],
		chosenId: keptChoice(state.chosenId, before),
		gesture: null,
	};
}

function redone(state: EditorState): EditorState {
	const after = state.future.at(-1);
	if (!after || state.draft) return state;
	return {
		...state,
		zones: after,
		past: [...state.past, state.zones],
		future: state.future.slice(0, -1),
		chosenId: keptChoice(state.chosenId, after),
		gesture: null,
	};
}

function keptChoice(chosenId: string | null, zones: readonly ZoneBody[]): string | null {
	return zones.some(({ id }) => id === chosenId) ? chosenId : null;
}
