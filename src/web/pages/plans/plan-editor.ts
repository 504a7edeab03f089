import type { PlanMarks } from "#contract/plans-api.ts";

export type PlanPoint = readonly [number, number];

/** A point that can be moved: a camera, a gate or hydrant, or one of a lane's. */
export type PlanHandle =
	| { readonly kind: "camera"; readonly id: string }
	| { readonly kind: "feature"; readonly id: string }
	| { readonly kind: "lane"; readonly id: string; readonly index: number };

/** The editor without a screen: what is drawn, and the way back. */
export interface PlanEditor {
	readonly marks: PlanMarks;
	readonly past: readonly PlanMarks[];
	readonly future: readonly PlanMarks[];
	/** Changes of one gesture (a drag, a row of key presses) are undone as one. */
	readonly gesture: string | null;
}

export type PlanAction =
	| { readonly do: "placeCamera"; readonly id: string; readonly at: PlanPoint }
	| { readonly do: "placeFeature"; readonly id: string; readonly at: PlanPoint }
	| { readonly do: "placeLane"; readonly id: string; readonly at: PlanPoint }
	| { readonly do: "move"; readonly handle: PlanHandle; readonly to: PlanPoint; readonly gesture: string }
	/** Another point in the middle of a lane's longest stretch. */
	| { readonly do: "bend"; readonly laneId: string }
	| { readonly do: "remove"; readonly handle: PlanHandle }
	| { readonly do: "undo" }
	| { readonly do: "redo" };

const mostSteps = 100;
const mostPoints = 12;

export const beginPlan = (marks: PlanMarks): PlanEditor => ({ marks, past: [], future: [], gesture: null });

export function changePlan(editor: PlanEditor, action: PlanAction): PlanEditor {
	const { marks, past, future, gesture } = editor;
	if (action.do === "undo") {
		const before = past.at(-1);
		if (!before) return editor;
		return { marks: before, past: past.slice(0, -1), future: [marks, ...future], gesture: null };
	}
	if (action.do === "redo") {
		const [after, ...rest] = future;
		return after ? { marks: after, past: [...past, marks], future: rest, gesture: null } : editor;
	}
	const next = changedMarks(marks, action);
	if (next === marks) return editor;
	const own = action.do === "move" ? action.gesture : null;
	const goesOn = own !== null && own === gesture;
	return { marks: next, past: goesOn ? past : [...past, marks].slice(-mostSteps), future: [], gesture: own };
}

function changedMarks(marks: PlanMarks, action: Exclude<PlanAction, { do: "undo" | "redo" }>): PlanMarks {
	const { cameras, lanes } = marks;
	switch (action.do) {
		case "placeCamera":
			return { ...marks, cameras: [...cameras, { cameraId: action.id, at: inside(action.at) }] };
		case "placeFeature":
			return { ...marks, features: [...marks.features, { featureId: action.id, at: inside(action.at) }] };
		case "placeLane": {
			const [x, y] = action.at;
			return {
				...marks,
				lanes: [...lanes, { laneId: action.id, points: [inside([x - 0.08, y]), inside([x + 0.08, y])] }],
			};
		}
		case "move":
			return moved(marks, action.handle, inside(action.to));
		case "bend":
			return { ...marks, lanes: lanes.map((lane) => (lane.laneId === action.laneId ? bent(lane) : lane)) };
		case "remove":
			return removed(marks, action.handle);
	}
}

type LaneMark = PlanMarks["lanes"][number];

function moved(marks: PlanMarks, handle: PlanHandle, to: [number, number]): PlanMarks {
	if (handle.kind === "camera") {
		return { ...marks, cameras: marks.cameras.map((one) => (one.cameraId === handle.id ? { ...one, at: to } : one)) };
	}
	if (handle.kind === "feature") {
		return {
			...marks,
			features: marks.features.map((one) => (one.featureId === handle.id ? { ...one, at: to } : one)),
		};
	}
	const at = (lane: LaneMark) => ({
		...lane,
		points: lane.points.map((point, index) => (index === handle.index ? to : point)),
	});
	return { ...marks, lanes: marks.lanes.map((lane) => (lane.laneId === handle.id ? at(lane) : lane)) };
}

function bent(lane: LaneMark): LaneMark {
	const { points } = lane;
	if (points.length >= mostPoints) return lane;
	const lengthAt = (index: number) => Math.hypot(...difference(points[index], points[index + 1]));
	const stretches = points.slice(1).map((_, index) => index);
	const longest = stretches.reduce((best, index) => (lengthAt(index) > lengthAt(best) ? index : best), 0);
	const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = [points[longest], points[longest + 1]];
	return { ...lane, points: points.toSpliced(longest + 1, 0, [(x1 + x2) / 2, (y1 + y2) / 2]) };
}

/** A point of a lane that has more than it needs; otherwise the whole of it. */
function removed(marks: PlanMarks, handle: PlanHandle): PlanMarks {
	if (handle.kind === "camera") {
		return { ...marks, cameras: marks.cameras.filter(({ cameraId }) => cameraId !== handle.id) };
	}
	if (handle.kind === "feature") {
		return { ...marks, features: marks.features.filter(({ featureId }) => featureId !== handle.id) };
	}
	const lanes = marks.lanes.flatMap((lane) => {
		if (lane.laneId !== handle.id) return [lane];
		return lane.points.length > 2 ? [{ ...lane, points: lane.points.toSpliced(handle.index, 1) }] : [];
	});
	return { ...marks, lanes };
}

const inside = ([x, y]: PlanPoint): [number, number] => [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
const difference = ([x1, y1]: PlanPoint = [0, 0], [x2, y2]: PlanPoint = [0, 0]): PlanPoint => [x2 - x1, y2 - y1];
