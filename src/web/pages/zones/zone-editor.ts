import type { RoadClass } from "#core/evidence/law-basis.ts";
import type { CalibrationBody, ZoneBody } from "#contract/zones.ts";
import type { Point, Polygon } from "#core/geometry/shapes.ts";
import type { ZoneKind } from "#core/scene.ts";
import {
	type Drawing,
	sameDrawing,
	withCalibration,
	withPlaceChanged,
	withPlacesAsked,
	withPlacesSettled,
	withSizeAsked,
} from "./drawing.ts";
import type { KnownPlace } from "./known-places.ts";
import { insidePicture, maxPoints } from "./polygon-shape.ts";
import { sameZones } from "./same-zones.ts";

/** The zone editor without a screen: what is drawn, what is chosen, and the way back. */
export interface EditorState extends Drawing {
	/** The zone that is being drawn; not among `zones` until it is finished. */
	readonly draft: { readonly kind: ZoneKind; readonly points: Polygon } | null;
	readonly chosenId: string | null;
	readonly past: readonly Drawing[];
	readonly future: readonly Drawing[];
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
	| { readonly do: "setRoadClass"; readonly id: string; readonly roadClass: RoadClass }
	/** Null: the zone has no size any more. */
	| { readonly do: "setCalibration"; readonly id: string; readonly calibration: CalibrationBody | null }
	| { readonly do: "askPoints"; readonly id: string }
	| { readonly do: "askSize"; readonly id: string }
	| {
			readonly do: "movePlace";
			readonly id: string;
			readonly index: number;
			readonly at: Point;
			readonly gesture?: string;
	  }
	| { readonly do: "measurePlace"; readonly id: string; readonly index: number; readonly m: KnownPlace["m"] }
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
	return { zones, known: {}, draft: null, chosenId: null, past: [], future: [], gesture: null, saved: zones };
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
			return withShape(state, action.id, action.polygon, action.gesture ?? null);
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
		case "setRoadClass":
			return withZone(state, action.id, { roadClass: action.roadClass }, null);
		case "setCalibration":
			return measured(state, withCalibration(state, action.id, action.calibration), `size ${action.id}`);
		case "askPoints":
			return measured(state, withPlacesAsked(state, action.id), null);
		case "askSize":
			return measured(state, withSizeAsked(state, action.id), null);
		case "movePlace":
			return measured(state, withPlaceChanged(state, action, { at: insidePicture(action.at) }), action.gesture ?? null);
		case "measurePlace":
			return measured(state, withPlaceChanged(state, action, { m: action.m }), `measure ${action.id} ${action.index}`);
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

function withShape(state: EditorState, id: string, polygon: Polygon, gesture: string | null): EditorState {
	const changed = withZone(state, id, { polygon: polygon.map(([x, y]) => [x, y]) }, gesture);
	return changed === state ? state : { ...changed, ...withPlacesSettled(drawingOf(changed), id) };
}

function withZone(state: EditorState, id: string, change: Partial<ZoneBody>, gesture: string | null): EditorState {
	if (!state.zones.some((zone) => zone.id === id)) return state;
	const zones = state.zones.map((zone) => (zone.id === id ? { ...zone, ...change } : zone));
	return sameZones(zones, state.zones) ? state : withZones(state, zones, gesture);
}

function withZones(state: EditorState, zones: readonly ZoneBody[], gesture: string | null): EditorState {
	return withDrawing(state, { zones, known: state.known }, gesture);
}

function measured(state: EditorState, changed: Drawing, gesture: string | null): EditorState {
	return sameDrawing(changed, state) ? state : withDrawing(state, changed, gesture);
}

function withDrawing(state: EditorState, { zones, known }: Drawing, gesture: string | null): EditorState {
	const goesOn = gesture !== null && gesture === state.gesture;
	const past = goesOn ? state.past : [...state.past, drawingOf(state)].slice(-maxPast);
	return { ...state, zones, known, past, future: [], gesture };
}

const drawingOf = ({ zones, known }: EditorState): Drawing => ({ zones, known });

/** While a zone is being drawn, its last point is what is taken back. */
function undone(state: EditorState): EditorState {
	const { draft } = state;
	if (draft) {
		if (draft.points.length === 0) return { ...state, draft: null };
		return { ...state, draft: { ...draft, points: draft.points.slice(0, -1) } };
	}
	const before = state.past.at(-1);
	if (!before) return state;
	const way = { past: state.past.slice(0, -1), future: [...state.future, drawingOf(state)] };
	return { ...state, ...before, ...way, chosenId: keptChoice(state.chosenId, before.zones), gesture: null };
}

function redone(state: EditorState): EditorState {
	const after = state.future.at(-1);
	if (!after || state.draft) return state;
	const way = { past: [...state.past, drawingOf(state)], future: state.future.slice(0, -1) };
	return { ...state, ...after, ...way, chosenId: keptChoice(state.chosenId, after.zones), gesture: null };
}

function keptChoice(chosenId: string | null, zones: readonly ZoneBody[]): string | null {
	return zones.some(({ id }) => id === chosenId) ? chosenId : null;
}
