import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import { type ZoneKind, zoneKinds } from "#core/scene.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { knownPlaces } from "./drawing.ts";
import { type EditorAction, type EditorState, maxZones } from "./zone-editor.ts";
import { WhatIf } from "./what-if.tsx";
import { RoadClassChoice } from "./road-class-choice.tsx";
import { ZoneDelays } from "./zone-delays.tsx";
import { carPxOf, problemsOfZone, type VideoSize } from "./zone-problems.ts";
import { ZoneSize } from "./zone-size.tsx";

interface ZoneListProps {
	/** As it is saved. */
	readonly camera: CameraAnswer;
	readonly state: EditorState;
	readonly dispatch: Dispatch<EditorAction>;
	readonly newKind: ZoneKind;
	readonly onNewKind: (kind: ZoneKind) => void;
	readonly onBegin: () => void;
	readonly video: VideoSize;
	/** There is a picture to draw on. */
	readonly canDraw: boolean;
}

/** All zones by name and kind, with what is wrong with each; the chosen one can be changed here too. */
export function ZoneList({ camera, state, dispatch, newKind, onNewKind, onBegin, video, canDraw }: ZoneListProps) {
	const { t } = useTranslation();
	const { zones, draft, chosenId } = state;
	const full = zones.length >= maxZones;
	return (
		<section className="zone-list card" aria-labelledby="zone-list-title">
			<h2 id="zone-list-title">{t("zone.list")}</h2>
			<div className="zone-new">
				<KindChoice label={t("zone.kind")} value={newKind} onChange={onNewKind} testId="new-zone-kind" />
				<button
					type="button"
					className="button primary"
					disabled={!canDraw || draft !== null || full}
					data-testid="add-zone"
					onClick={onBegin}
				>
					<Icon name="plus" />
					{t("zone.add")}
				</button>
			</div>
			{full && <p className="inline-note">{t("zone.tooManyZones")}</p>}
			{zones.length === 0 && !draft && <p className="soft zone-none">{t("zone.none")}</p>}
			<ul>
				{zones.map((zone) => (
					<ZoneItem
						key={zone.id}
						camera={camera}
						zone={zone}
						zones={zones}
						known={state.known}
						video={video}
						chosen={zone.id === chosenId}
						dispatch={dispatch}
					/>
				))}
			</ul>
		</section>
	);
}

interface ZoneItemProps {
	readonly camera: CameraAnswer;
	readonly zone: ZoneBody;
	readonly zones: readonly ZoneBody[];
	readonly known: EditorState["known"];
	readonly video: VideoSize;
	readonly chosen: boolean;
	readonly dispatch: Dispatch<EditorAction>;
}

function ZoneItem({ camera, zone, zones, known, video, chosen, dispatch }: ZoneItemProps) {
	const { t } = useTranslation();
	const { id, name, kind, polygon } = zone;
	const problems = problemsOfZone(zone, zones, video, known[id]);
	const nameProblem = problems.find(({ word }) => word === "nameMissing" || word === "sameName");
	return (
		<li className={chosen ? "zone-item zone-item-chosen" : "zone-item"} data-testid="zone-item" data-zone={id}>
			<div className="zone-item-head">
				<button type="button" aria-expanded={chosen} onClick={() => dispatch({ do: "choose", id: chosen ? null : id })}>
					<span className={`zone-swatch zone-${kind}`} aria-hidden="true" />
					<span className="zone-item-words">
						<strong>{name.trim() === "" ? "—" : name}</strong>
						<span className="soft">
							{t(`kind.${kind}`)} · {t("zone.points", { count: polygon.length })}
						</span>
					</span>
				</button>
				<button
					type="button"
					className="button quiet square"
					aria-label={`${t("zone.deleteZone")}: ${name}`}
					title={t("zone.deleteZone")}
					data-testid="delete-zone"
					onClick={() => dispatch({ do: "remove", id })}
				>
					<Icon name="trash" />
				</button>
			</div>
			{problems
				.filter((problem) => !chosen || problem !== nameProblem)
				.map(({ word, refused, count = 0 }) => (
					<p
						key={word}
						className={refused ? "inline-error" : "inline-note"}
						data-testid="zone-problem"
						data-problem={word}
					>
						<Icon name="warning" size={16} />
						{t(`zone.${word}`, { count })}
					</p>
				))}
			{chosen && (
				<div className="zone-item-fields">
					<Field label={t("zone.name")} error={nameProblem ? t(`zone.${nameProblem.word}`) : null}>
						{(tied) => (
							<input
								{...tied}
								name="zone-name"
								maxLength={80}
								value={name}
								onChange={(event) => dispatch({ do: "rename", id, name: event.target.value })}
							/>
						)}
					</Field>
					<KindChoice
						label={t("zone.kind")}
						value={kind}
						onChange={(chosenKind) => dispatch({ do: "setKind", id, kind: chosenKind })}
						testId="zone-kind"
					/>
					{kind === "ignore" ? (
						<p className="field-hint">{t("zone.ignoreHint")}</p>
					) : (
						<>
							<ZoneSize
								zone={zone}
								places={knownPlaces({ known }, zone)}
								carPx={carPxOf(zone, video)}
								dispatch={dispatch}
							/>
							<ZoneDelays zone={zone} dispatch={dispatch} />
							<RoadClassChoice zone={zone} dispatch={dispatch} />
							<WhatIf camera={camera} zone={zone} />
						</>
					)}
				</div>
			)}
		</li>
	);
}

interface KindChoiceProps {
	readonly label: string;
	readonly value: ZoneKind;
	readonly onChange: (kind: ZoneKind) => void;
	readonly testId: string;
}

function KindChoice({ label, value, onChange, testId }: KindChoiceProps) {
	const { t } = useTranslation();
	return (
		<label className="kind-choice">
			<span>{label}</span>
			<span className="kind-choice-field">
				<span className={`zone-swatch zone-${value}`} aria-hidden="true" />
				<select
					value={value}
					data-testid={testId}
					onChange={(event) => onChange(zoneKinds.find((kind) => kind === event.target.value) ?? "fire_lane")}
				>
					{zoneKinds.map((kind) => (
						<option key={kind} value={kind}>
							{t(`kind.${kind}`)}
						</option>
					))}
				</select>
			</span>
		</label>
	);
}
