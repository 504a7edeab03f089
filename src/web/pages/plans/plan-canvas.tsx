import { type KeyboardEvent, type PointerEvent, useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanAnswer, PlanMarks } from "#contract/plans-api.ts";
import type { SiteFeature } from "#contract/site-cards-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { loadCameras, loadEdges } from "../../api/keepclear-api.ts";
import { savePlanMarks } from "../../api/plans-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { say } from "../../components/notices.tsx";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { beginPlan, changePlan, type PlanAction, type PlanHandle, type PlanPoint } from "./plan-editor.ts";
import { FeatureSign } from "./feature-sign.tsx";
import { placed, SitePlan } from "./site-plan.tsx";

interface PlanCanvasProps {
	readonly plan: PlanAnswer;
	/** What stands on the site's card. */
	readonly features: readonly SiteFeature[];
	readonly onPlan: (plan: PlanAnswer) => void;
}

/** Cameras and lanes put on the plan and moved, by mouse, finger or keys, with a way back. */
export function PlanCanvas({ plan, features, onPlan }: PlanCanvasProps) {
	const { t } = useTranslation();
	const [editor, dispatch] = useReducer(changePlan, plan.marks, beginPlan);
	const [saving, setSaving] = useState(false);
	const lanes = useObservable(live, ({ picture }) => picture?.lanes) ?? noLanes;
	const { marks } = editor;
	const dirty = JSON.stringify(marks) !== JSON.stringify(plan.marks);
	useUndoKeys(dispatch);

	async function save() {
		setSaving(true);
		try {
			onPlan(await savePlanMarks(plan.siteId, plan.revision, marks));
			say(t("plan.saved"));
		} catch (error) {
			const isLate = error instanceof ApiError && error.code === "changed_meanwhile";
			say(isLate ? t("plan.changedMeanwhile") : errorText(t, error), "bad");
		} finally {
			setSaving(false);
		}
	}

	return (
		<div className="plan-editor">
			<LeaveGuard dirty={dirty} />
			<div className="plan-bar">
				<button
					type="button"
					className="button"
					disabled={editor.past.length === 0}
					onClick={() => dispatch({ do: "undo" })}
				>
					<Icon name="undo" />
					{t("plan.undo")}
				</button>
				<button
					type="button"
					className="button"
					disabled={editor.future.length === 0}
					onClick={() => dispatch({ do: "redo" })}
				>
					<Icon name="redo" />
					{t("plan.redo")}
				</button>
				<button
					type="button"
					className="button primary"
					disabled={!dirty || saving}
					data-testid="plan-save"
					onClick={() => void save()}
				>
					<Icon name="check" />
					{t("plan.save")}
				</button>
				<span className="soft">{t("plan.help")}</span>
			</div>
			<div className="plan-columns">
				<SitePlan plan={plan} marks={marks} lanes={lanes} features={features}>
					<Handles marks={marks} features={features} dispatch={dispatch} />
				</SitePlan>
				<Unplaced siteId={plan.siteId} marks={marks} features={features} dispatch={dispatch} />
			</div>
		</div>
	);
}

const noLanes: ReadonlyMap<string, LaneAnswer> = new Map();

type Dispatch = (action: PlanAction) => void;

interface HandlesProps {
	readonly marks: PlanMarks;
	readonly features: readonly SiteFeature[];
	readonly dispatch: Dispatch;
}

function Handles({ marks, features, dispatch }: HandlesProps) {
	const { t } = useTranslation();
	const lanes = useObservable(live, ({ picture }) => picture?.lanes);
	const handles: { handle: PlanHandle; at: PlanPoint; label: string }[] = [
		...marks.cameras.map(({ cameraId, at }) => ({
			handle: { kind: "camera", id: cameraId } as const,
			at,
			label: t("plan.cameraHandle"),
		})),
		...marks.features.flatMap(({ featureId, at }) => {
			const feature = features.find(({ id }) => id === featureId);
			if (!feature) return [];
			const label = t("plan.featureHandle", { name: feature.name });
			return [{ handle: { kind: "feature", id: featureId } as const, at, label }];
		}),
		...marks.lanes.flatMap(({ laneId, points }) =>
			points.map((at, index) => ({
				handle: { kind: "lane", id: laneId, index } as const,
				at,
				label: t("plan.laneHandle", { lane: lanes?.get(laneId)?.name ?? laneId, number: index + 1 }),
			})),
		),
	];
	return handles.map(({ handle, at, label }) => (
		<Handle key={keyOf(handle)} handle={handle} at={at} label={label} dispatch={dispatch} />
	));
}

const keyOf = (handle: PlanHandle) =>
	handle.kind === "lane" ? `l ${handle.id} ${handle.index}` : `${handle.kind} ${handle.id}`;

/** One step of an arrow key; with Shift ten of them. */
const stepShare = 0.004;
const arrows: Readonly<Record<string, PlanPoint>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};

interface HandleProps {
	readonly handle: PlanHandle;
	readonly at: PlanPoint;
	readonly label: string;
	readonly dispatch: Dispatch;
}

function Handle({ handle, at, label, dispatch }: HandleProps) {
	const drag = useRef<string | null>(null);

	function onPointerMove({ currentTarget, clientX, clientY }: PointerEvent<HTMLButtonElement>) {
		const plan = currentTarget.parentElement?.getBoundingClientRect();
		if (drag.current === null || !plan) return;
		const to: PlanPoint = [(clientX - plan.left) / plan.width, (clientY - plan.top) / plan.height];
		dispatch({ do: "move", handle, to, gesture: drag.current });
	}

	function onKeyDown(event: KeyboardEvent) {
		const step = arrows[event.key];
		if (step) {
			const by = stepShare * (event.shiftKey ? 10 : 1);
			const to: PlanPoint = [at[0] + by * step[0], at[1] + by * step[1]];
			dispatch({ do: "move", handle, to, gesture: `keys ${keyOf(handle)}` });
		} else if (event.key === "Delete" || event.key === "Backspace") dispatch({ do: "remove", handle });
		else if (event.key === "+" && handle.kind === "lane") dispatch({ do: "bend", laneId: handle.id });
		else return;
		event.preventDefault();
	}

	return (
		<button
			type="button"
			className={`plan-handle plan-handle-${handle.kind}`}
			style={placed(at)}
			aria-label={label}
			title={label}
			data-testid="plan-handle"
			data-of={handle.id}
			onPointerDown={(event) => {
				event.currentTarget.setPointerCapture(event.pointerId);
				drag.current = `drag ${keyOf(handle)} ${event.timeStamp}`;
			}}
			onPointerMove={onPointerMove}
			onPointerUp={() => (drag.current = null)}
			onPointerCancel={() => (drag.current = null)}
			onDoubleClick={() => handle.kind === "lane" && dispatch({ do: "bend", laneId: handle.id })}
			onKeyDown={onKeyDown}
		/>
	);
}

interface UnplacedProps {
	readonly siteId: string;
	readonly marks: PlanMarks;
	readonly features: readonly SiteFeature[];
	readonly dispatch: Dispatch;
}

/** What does not stand on the plan yet. */
function Unplaced({ siteId, marks, features, dispatch }: UnplacedProps) {
	const { t } = useTranslation();
	const known = useObservable(live, ({ picture }) => picture?.lanes);
	const cameras = useLoaded("cameras", loadCameras).value?.cameras ?? [];
	const edges = useLoaded("edges", loadEdges).value?.edges ?? [];
	const ours = new Set(edges.filter((edge) => edge.siteId === siteId).map(({ id }) => id));
	const lanes = [...(known?.values() ?? [])].filter(
		({ id, siteId: of }) => of === siteId && !marks.lanes.some(({ laneId }) => laneId === id),
	);
	const freeCameras = cameras.filter(
		({ id, edgeId }) => ours.has(edgeId) && !marks.cameras.some(({ cameraId }) => cameraId === id),
	);
	const freeFeatures = features.filter(({ id }) => !marks.features.some(({ featureId }) => featureId === id));
	// Not all in one place.
	const next: PlanPoint = [
		0.3 + 0.05 * ((marks.cameras.length + marks.features.length) % 9),
		0.2 + 0.07 * (marks.lanes.length % 9),
	];
	if (lanes.length + freeCameras.length + freeFeatures.length === 0)
		return <p className="soft plan-unplaced">{t("plan.allPlaced")}</p>;
	return (
		<div className="card plan-unplaced" data-testid="plan-unplaced">
			<h2>{t("plan.unplaced")}</h2>
			<ul>
				{lanes.map(({ id, name }) => (
					<li key={id}>
						<span>{name}</span>
						<button
							type="button"
							className="button small"
							data-testid="place-lane"
							onClick={() => dispatch({ do: "placeLane", id, at: next })}
						>
							{t("plan.place")}
						</button>
					</li>
				))}
				{freeFeatures.map(({ id, name, kind }) => (
					<li key={id}>
						<span>
							<FeatureSign kind={kind} /> {name}
						</span>
						<button
							type="button"
							className="button small"
							data-testid="place-feature"
							onClick={() => dispatch({ do: "placeFeature", id, at: next })}
						>
							{t("plan.place")}
						</button>
					</li>
				))}
				{freeCameras.map(({ id, name }) => (
					<li key={id}>
						<span>
							<Icon name="camera" size={15} /> {name}
						</span>
						<button
							type="button"
							className="button small"
							data-testid="place-camera"
							onClick={() => dispatch({ do: "placeCamera", id, at: next })}
						>
							{t("plan.place")}
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}

function useUndoKeys(dispatch: Dispatch): void {
	useEffect(() => {
		const onKeyDown = (event: globalThis.KeyboardEvent) => {
			if (!(event.ctrlKey || event.metaKey)) return;
			const key = event.key.toLowerCase();
			if (key === "z") dispatch({ do: event.shiftKey ? "redo" : "undo" });
			else if (key === "y") dispatch({ do: "redo" });
			else return;
			event.preventDefault();
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	}, [dispatch]);
}
