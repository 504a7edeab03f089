import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { Icon } from "../../components/icon.tsx";
import { useLiveEdges } from "../../live/use-live-lists.ts";
import { type EditorAction, type EditorState, isDirty } from "./zone-editor.ts";

interface EditorBarProps {
	readonly state: EditorState;
	readonly dispatch: Dispatch<EditorAction>;
	readonly camera: CameraAnswer;
	readonly busy: boolean;
	/** Something must be mended before it can be saved. */
	readonly refused: boolean;
	readonly onSave: () => void;
}

/** Undo, redo, save, and how far what was saved has come. */
export function EditorBar({ state, dispatch, camera, busy, refused, onSave }: EditorBarProps) {
	const { t } = useTranslation();
	const dirty = isDirty(state);
	const canUndo = state.draft !== null || state.past.length > 0;
	return (
		<div className="editor-bar">
			<div className="buttons">
				<button
					type="button"
					className="button"
					disabled={!canUndo}
					title="Ctrl+Z"
					data-testid="undo"
					onClick={() => dispatch({ do: "undo" })}
				>
					<Icon name="undo" />
					{t("common.undo")}
				</button>
				<button
					type="button"
					className="button"
					disabled={state.future.length === 0 || state.draft !== null}
					title="Ctrl+Y"
					data-testid="redo"
					onClick={() => dispatch({ do: "redo" })}
				>
					<Icon name="redo" />
					{t("common.redo")}
				</button>
			</div>
			<SavedState camera={camera} dirty={dirty} refused={refused} zones={state.zones.length} />
			<button
				type="button"
				className="button primary"
				disabled={!dirty || busy || refused || state.draft !== null}
				data-testid="save-zones"
				onClick={onSave}
			>
				{busy ? t("common.saving") : t("zone.save")}
			</button>
		</div>
	);
}

interface SavedStateProps {
	readonly camera: CameraAnswer;
	readonly dirty: boolean;
	readonly refused: boolean;
	readonly zones: number;
}

function SavedState({ camera, dirty, refused, zones }: SavedStateProps) {
	const { t } = useTranslation();
	const edge = useLiveEdges().value?.find(({ id }) => id === camera.edgeId);
	const state = dirty ? "dirty" : camera.applied ? "applied" : "applying";
	return (
		<p className={`saved-state saved-${state}`} role="status" data-testid="zones-state" data-state={state}>
			{dirty ? (
				refused ? (
					t("zone.mustFix")
				) : (
					t("zone.unsavedChanges")
				)
			) : camera.applied ? (
				zones > 0 && (
					<>
						<Icon name="check" size={16} />
						{t("zone.applied")}
					</>
				)
			) : (
				<>
					<span className="saved-wait" aria-hidden="true" />
					{t("zone.applying")} {edge !== undefined && edge.state !== "online" && t("zone.offlineEdge")}
				</>
			)}
		</p>
	);
}
