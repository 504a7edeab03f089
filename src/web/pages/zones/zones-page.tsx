import { useEffect, useMemo, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { ZoneKind } from "#core/scene.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { saveZones } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { useNewestPicture } from "../../components/live-picture.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { useLiveCamera } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { AcceptedHere } from "../cameras/accepted-here.tsx";
import { CameraLanes } from "../cameras/camera-lanes.tsx";
import { CameraMarkings } from "../markings/camera-markings.tsx";
import { MovedBanner, useMovedView } from "../cameras/moved-banner.tsx";
import { problemsOfRules } from "../policy/rules-problems.ts";
import { useSiteRules } from "../policy/use-site-rules.ts";
import { EditorBar } from "./editor-bar.tsx";
import { useEditorKeys } from "./use-editor-keys.ts";
import { LiveSwitch } from "./live-switch.tsx";
import { useLiveView } from "./use-live-view.ts";
import { ZoneCanvas } from "./zone-canvas.tsx";
import { hasUnfinishedPlaces } from "./drawing.ts";
import { sameZones } from "./same-zones.ts";
import { isDirty, reduceEditor, startEditor } from "./zone-editor.ts";
import { ZoneList } from "./zone-list.tsx";
import { problemsOfZone } from "./zone-problems.ts";
import "../cameras/cameras.css";
import "./seen.css";
import "./zones.css";

/** Draws what is watched onto a camera's picture. */
export default function ZonesPage({ id }: { readonly id: string }) {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const { value: camera, error, reload, put } = useLiveCamera(id);
	if (!mayConfigure) return <Message icon="person" title={t("zone.title")} hint={t("error.forbidden")} />;
	if (!camera) {
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return <Failure title={t("zone.title")} error={error} onRetry={reload} />;
	}
	return (
		<div className="page zones-page">
			<Link href={`/cameras/${id}`} className="back-link">
				<Icon name="back" size={16} />
				{camera.name}
			</Link>
			<h1>{t("zone.title")}</h1>
			<ZoneEditor camera={camera} onSaved={put} />
		</div>
	);
}

interface ZoneEditorProps {
	readonly camera: CameraAnswer;
	readonly onSaved: (camera: CameraAnswer) => void;
}

function ZoneEditor({ camera, onSaved }: ZoneEditorProps) {
	const { t } = useTranslation();
	const [state, dispatch] = useReducer(reduceEditor, camera.zones, startEditor);
	const [kind, setKind] = useState<ZoneKind>("fire_lane");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const moved = useMovedView(camera);
	const still = useStillPicture(camera.id, moved?.since ?? 0);
	const [showsSeen, setShowsSeen] = useState(false);
	const live = useLiveView(camera.id, showsSeen);
	const src = live?.picture ?? still.src;
	const dirty = isDirty(state);
	const video = camera.health?.video ?? null;
	const site = useSiteRules();
	const refused = state.zones.some(
		(zone) =>
			problemsOfZone(zone, state.zones, video, state.known[zone.id]).some((problem) => problem.refused) ||
			(zone.kind !== "ignore" && problemsOfRules(zone.kind, site, zone).length > 0),
	);
	const changedOutside = !busy && !sameZones(camera.zones, state.saved);

	useEffect(() => {
		if (changedOutside && !dirty) dispatch({ do: "load", zones: camera.zones });
	}, [changedOutside, dirty, camera.zones]);

	const begin = () => dispatch({ do: "begin", kind });
	const finish = () => {
		const newKind = state.draft?.kind ?? kind;
		const words = t(`kind.${newKind}`);
		const taken = new Set(state.zones.map(({ name }) => name));
		let n = 1;
		while (taken.has(t("zone.defaultName", { kind: words, n }))) n += 1;
		dispatch({ do: "finish", id: newZoneId(), name: t("zone.defaultName", { kind: words, n }) });
	};
	useEditorKeys({ dispatch, onFinish: finish, drawing: state.draft !== null });

	async function save() {
		if (busy || refused || state.draft) return;
		setBusy(true);
		setError(null);
		const sent = state.zones.map((zone) => ({ ...zone, name: zone.name.trim() }));
		try {
			const saved = await saveZones(camera.id, { zones: sent, ...(moved ? { confirmsView: true } : {}) });
			dispatch({ do: "saved", sent: state.zones, zones: saved.zones });
			onSaved(saved);
		} catch (failure) {
			setError(failure);
		} finally {
			setBusy(false);
		}
	}

	return (
		<>
			<EditorBar
				state={state}
				dispatch={dispatch}
				camera={camera}
				busy={busy}
				refused={refused}
				onSave={() => void save()}
			/>
			<MovedBanner camera={camera} moved={moved} onCamera={onSaved} notNow={dirty ? t("moved.saveFirst") : undefined}>
				<p className="soft">{t("moved.redraw")}</p>
			</MovedBanner>
			{error !== null && (
				<p role="alert" className="inline-error zones-note">
					<Icon name="warning" />
					{errorText(t, error)}
				</p>
			)}
			{changedOutside && dirty && (
				<p role="alert" className="inline-note zones-note">
					<Icon name="warning" />
					{t("zone.outsideChange")}
					<button type="button" className="button small" onClick={() => dispatch({ do: "load", zones: camera.zones })}>
						{t("zone.loadTheirs")}
					</button>
				</p>
			)}
			<div className="zones-columns">
				<div className="zones-stage">
					{state.draft && (
						<div className="drawing-note" role="status">
							<p>{t("zone.addOn")}</p>
							<button
								type="button"
								className="button primary small"
								disabled={state.draft.points.length < 3}
								data-testid="zone-finish"
								onClick={finish}
							>
								{t("zone.finish")}
							</button>
							<button type="button" className="button small" onClick={() => dispatch({ do: "cancel" })}>
								{t("zone.discard")}
							</button>
						</div>
					)}
					{src === null ? (
						<div className="stage stage-empty">
							<Message icon="camera" title={t("zone.noPicture")} hint={t("zone.noPictureHint")} />
						</div>
					) : (
						<ZoneCanvas
							src={src}
							overlay={live?.overlay ?? null}
							alt={t("camera.livePicture", { name: camera.name })}
							state={state}
							dispatch={dispatch}
							onFinish={finish}
							onBegin={begin}
						/>
					)}
					<div className="zones-below">
						<button
							type="button"
							className="button small quiet"
							disabled={src === null || showsSeen}
							onClick={still.refresh}
						>
							<Icon name="refresh" size={16} />
							{t("zone.refresh")}
						</button>
						<LiveSwitch shown={showsSeen} onShow={setShowsSeen} view={live} zones={camera.zones} />
						<details>
							<summary>{t("zone.help")}</summary>
							<p>{t("zone.help1")}</p>
							<p>{t("zone.help2")}</p>
							<p>{t("zone.help3")}</p>
						</details>
					</div>
				</div>
				<div className="zones-side">
					<ZoneList
						camera={camera}
						state={state}
						dispatch={dispatch}
						newKind={kind}
						onNewKind={setKind}
						onBegin={begin}
						video={video}
						canDraw={src !== null}
					/>
					<CameraLanes zones={camera.zones} />
					<CameraMarkings zones={camera.zones} />
					<AcceptedHere cameraId={camera.id} />
				</div>
			</div>
			<LeaveGuard dirty={dirty || hasUnfinishedPlaces(state)} />
		</>
	);
}

/**
 * One picture that stands still while somebody draws on it; a new one when asked for, and when the camera has moved
 * since.
 */
function useStillPicture(cameraId: string, movedAt: number) {
	const [olderThan, setOlderThan] = useState<number | null>(null);
	const [still, setStill] = useState<{ src: string; takenAt: number | null } | null>(null);
	const enough = still !== null && still.takenAt !== olderThan && (still.takenAt ?? 0) >= movedAt;
	const { src, takenAt } = useNewestPicture(cameraId, enough);
	useEffect(() => {
		if (src !== null && takenAt !== olderThan) setStill({ src, takenAt });
	}, [src, takenAt, olderThan]);
	return useMemo(() => ({ src: still?.src ?? null, refresh: () => setOlderThan(still?.takenAt ?? null) }), [still]);
}

/** `crypto.randomUUID` is missing where the page is not served over HTTPS. */
function newZoneId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(6));
	return `zone-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
