import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatClock, formatInstant } from "../../time/format-time.ts";
import { type DraftMistakes, type DrillDraft, recordOf } from "./drill-draft.ts";
import { LaneResult } from "./lane-result.tsx";
import { type Submitted, submitDrill } from "./submit-drill.ts";
import { type DraftState, useDraft } from "./use-draft.ts";

/** As long as it waits for the network, it is tried again so often. */
const againMs = 15_000;

interface RecordFormProps {
	readonly begin: DrillDraft;
	readonly card: SiteCardAnswer;
	/** The last record of this site when the page was opened. */
	readonly seen: number;
}

export function RecordForm({ begin, card, seen }: RecordFormProps) {
	const { t } = useTranslation();
	const [, navigate] = useLocation();
	const state = useDraft(begin);
	const { draft, change, forget } = state;
	const [mistakes, setMistakes] = useState<DraftMistakes>(new Map());
	const [sent, setSent] = useState<Submitted | "sending" | null>(null);
	const [asksToDrop, setAsksToDrop] = useState(false);

	const submit = useCallback(
		async (seenNow: number | null) => {
			if (!draft) return;
			const { record, mistakes: found } = recordOf(draft, Date.now());
			setMistakes(found);
			if (found.size > 0) return setSent(null);
			setSent("sending");
			const outcome = await submitDrill(draft, record, seenNow);
			setSent(outcome);
			if (outcome.state !== "saved") return;
			await forget().catch(() => undefined);
			say(t("drill.saved"));
			navigate(`/drill/${draft.siteId}`);
		},
		[draft, forget, navigate, t],
	);
	useAgain(sent !== "sending" && sent?.state === "waiting", () => void submit(seen));

	if (!draft) return <p className="loading">{t("app.loading")}</p>;
	return (
		<form
			noValidate
			className="record-form"
			onSubmit={(event) => {
				event.preventDefault();
				void submit(seen);
			}}
		>
			<Facts draft={draft} mistakes={mistakes} onChange={change} />
			<h2>{t("drill.lanes")}</h2>
			{mistakes.has("lanes") && <p className="inline-error">{t("drill.missing_lanes")}</p>}
			{draft.lanes.map((lane, index) => (
				<LaneResult
					key={lane.laneId}
					siteId={draft.siteId}
					lane={lane}
					name={card.lanes.find(({ laneId }) => laneId === lane.laneId)?.name ?? lane.laneId}
					pictures={state.pictures}
					refusedPhoto={sent !== "sending" && sent?.state === "photo_refused" ? sent.photoId : null}
					mistakeAt={(name) => mistakes.get(`lanes.${index}.${name}`)}
					onChange={(part) => change({ lanes: draft.lanes.with(index, { ...lane, ...part }) })}
					onPhoto={(photo) => void state.addPhoto(index, photo).catch(() => say(t("drill.notKept"), "bad"))}
					onRemovePhoto={(photoId) => state.removePhoto(index, photoId)}
				/>
			))}
			<Field label={t("drill.note")}>
				{(ids) => (
					<textarea
						{...ids}
						rows={3}
						maxLength={2000}
						value={draft.note}
						onChange={({ target }) => change({ note: target.value })}
					/>
				)}
			</Field>
			<div className="record-foot">
				<Outcome sent={sent} onSaveToo={() => void submit(null)} />
				{mistakes.size > 0 && (
					<p className="inline-error" role="alert" data-testid="record-mistakes">
						{t("drill.hasMistakes", { count: mistakes.size })}
					</p>
				)}
				<span className="soft" data-testid="draft-kept">
					<KeptWords state={state} />
				</span>
				<button type="button" className="button danger" onClick={() => setAsksToDrop(true)}>
					{t("drill.discard")}
				</button>
				<button type="submit" className="button primary" disabled={sent === "sending"} data-testid="record-save">
					<Icon name="check" />
					{t(sent === "sending" ? "drill.saving" : "drill.save")}
				</button>
			</div>
			{asksToDrop && (
				<ConfirmDialog
					title={t("drill.discard")}
					confirm={t("drill.discard")}
					danger
					testId="drop-draft"
					onClose={() => setAsksToDrop(false)}
					onConfirm={async () => {
						await forget();
						navigate(`/drill/${draft.siteId}`);
					}}
				>
					{t("drill.discardAsk")}
				</ConfirmDialog>
			)}
		</form>
	);
}

function KeptWords({ state: { keptAt, cannotKeep } }: { readonly state: DraftState }) {
	const { t } = useTranslation();
	if (cannotKeep) return <strong>{t("drill.notKept")}</strong>;
	return <>{keptAt === null ? t("drill.kept") : t("drill.keptAt", { time: formatClock(keptAt, currentLanguage()) })}</>;
}

interface FactsProps {
	readonly draft: DrillDraft;
	readonly mistakes: DraftMistakes;
	readonly onChange: (part: Partial<DrillDraft>) => void;
}

/** Time, place, content, departments and people. */
function Facts({ draft, mistakes, onChange }: FactsProps) {
	const { t } = useTranslation();
	const fields = [
		{ name: "station", control: "text", most: 80 },
		{ name: "place", control: "text", most: 200 },
		{ name: "startedAt", control: "datetime-local", most: 20 },
		{ name: "endedAt", control: "datetime-local", most: 20 },
		{ name: "content", control: "area", most: 2000 },
		{ name: "departments", control: "area", most: 2000 },
		{ name: "people", control: "area", most: 4000 },
	] as const;
	return (
		<div className="record-facts">
			{fields.map(({ name, control, most }) => {
				const mistake = mistakes.get(name);
				return (
					<Field
						key={name}
						label={t(`drill.${name}`)}
						hint={name === "content" ? t("drill.contentExample") : undefined}
						error={mistake && t(`drill.${mistake}`)}
					>
						{(ids) =>
							control === "area" ? (
								<textarea
									{...ids}
									rows={3}
									name={name}
									maxLength={most}
									value={draft[name]}
									onChange={({ target }) => onChange({ [name]: target.value })}
								/>
							) : (
								<input
									{...ids}
									type={control}
									name={name}
									maxLength={most}
									value={draft[name]}
									onChange={({ target }) => onChange({ [name]: target.value })}
								/>
							)
						}
					</Field>
				);
			})}
		</div>
	);
}

interface OutcomeProps {
	readonly sent: Submitted | "sending" | null;
	readonly onSaveToo: () => void;
}

/** What became of sending it, where it was not simply saved. */
function Outcome({ sent, onSaveToo }: OutcomeProps) {
	const { t } = useTranslation();
	if (sent === null || sent === "sending" || sent.state === "saved") return null;
	if (sent.state === "waiting") {
		return (
			<p className="inline-note" role="status" data-testid="record-waiting">
				<Icon name="clock" />
				{t("drill.waiting")}
			</p>
		);
	}
	if (sent.state === "photo_refused") return <p className="inline-error">{t("drill.photoRefused")}</p>;
	if (sent.state === "failed") return <p className="inline-error">{errorText(t, sent.error)}</p>;
	const words = { by: sent.by, time: formatInstant(sent.at, currentLanguage()) };
	return (
		<div className="inline-error" role="alert" data-testid="record-late">
			<Icon name="warning" />
			<div>
				<p>{t(sent.isCorrection ? "drill.correctedMeanwhile" : "drill.changedMeanwhile", words)}</p>
				{!sent.isCorrection && (
					<button type="button" className="button" data-testid="save-too" onClick={onSaveToo}>
						{t("drill.saveToo")}
					</button>
				)}
			</div>
		</div>
	);
}

/** Tries again when the network is back, and every few seconds, as long as it waits. */
function useAgain(waits: boolean, again: () => void): void {
	useEffect(() => {
		if (!waits) return;
		const timer = setTimeout(again, againMs);
		addEventListener("online", again);
		return () => {
			clearTimeout(timer);
			removeEventListener("online", again);
		};
	}, [waits, again]);
}
