import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TargetsAnswer, TargetsBody } from "#contract/handling-targets-api.ts";
import { escalationLevels } from "#core/handling/handling-words.ts";
import { ApiError } from "../../api/http.ts";
import { changeTargets, loadTargets } from "../../api/targets-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";
import { DoneBar } from "../organisation/done-bar.tsx";
import { QuietFields } from "./quiet-fields.tsx";
import {
	draftOf,
	problemsOf,
	type TargetField,
	type TargetProblem,
	type TargetsDraft,
	targetsOfDraft,
	unitOf,
} from "./targets-draft.ts";
import { TargetsMeaning } from "./targets-meaning.tsx";
import "./targets.css";

interface SiteTargetsProps {
	readonly siteId: string;
	readonly mayChange: boolean;
}

/** Within what time, who is told when not, and when it is quiet: of one site. */
export function SiteTargets({ siteId, mayChange }: SiteTargetsProps) {
	const { t } = useTranslation();
	const { value, error, put } = useLoaded(`targets ${siteId}`, (signal) => loadTargets(siteId, signal));
	return (
		<section className="card org-card" aria-labelledby="targets-title" data-testid="targets">
			<h2 id="targets-title">{t("targets.title")}</h2>
			<p className="soft">{t("targets.hint")}</p>
			<InlineError error={error} />
			{value && <TargetsForm saved={value} mayChange={mayChange} onSaved={put} />}
			{value && <Changes answer={value} />}
		</section>
	);
}

interface TargetsFormProps {
	readonly saved: TargetsAnswer;
	readonly mayChange: boolean;
	readonly onSaved: (answer: TargetsAnswer) => void;
}

function TargetsForm({ saved, mayChange, onSaved }: TargetsFormProps) {
	const { t } = useTranslation();
	const [typed, setTyped] = useState<TargetsDraft | null>(null);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [before, setBefore] = useState<TargetsBody | null>(null);
	const draft = typed ?? draftOf(saved.targets);
	const dirty = typed !== null && JSON.stringify(typed) !== JSON.stringify(draftOf(saved.targets));
	const problems = problemsOf(draft);
	const isWrong = Object.keys(problems).length > 0;
	const wordsOf = (problem: TargetProblem | undefined) => {
		if (!problem) return null;
		return problem.word === "notBefore"
			? t("targets.notBefore", { level: t(`targets.${problem.level}`) })
			: t(`targets.${problem.word}`);
	};

	async function send(targets: TargetsBody, undoes: boolean) {
		setBusy(true);
		setError(null);
		try {
			const answer = await changeTargets(saved.siteId, { revision: saved.revision, targets });
			setBefore(undoes ? null : saved.targets);
			setTyped(null);
			onSaved(answer);
			if (undoes) say(t("targets.undone"));
		} catch (failure) {
			setError(failure);
			// What others have saved is shown below; what was typed stays.
			if (failure instanceof ApiError && failure.httpStatus === 409) {
				await loadTargets(saved.siteId).then(onSaved, () => undefined);
			}
		} finally {
			setBusy(false);
		}
	}

	function submit(event: FormEvent) {
		event.preventDefault();
		if (!dirty || busy || isWrong) return;
		void send(targetsOfDraft(draft, saved.targets), false);
	}

	const timeField = (field: TargetField) => (
		<Field
			key={field}
			label={t("targets.label", { what: t(`targets.${field}`), unit: t(`targets.unit_${unitOf(field)}`) })}
			error={wordsOf(problems[field])}
		>
			{(tied) => (
				<input
					{...tied}
					name={`target-${field}`}
					className="digits"
					inputMode="decimal"
					autoComplete="off"
					maxLength={10}
					disabled={!mayChange}
					value={draft.times[field]}
					onChange={({ target }) => setTyped({ ...draft, times: { ...draft.times, [field]: target.value } })}
				/>
			)}
		</Field>
	);
	const meanwhile = error instanceof ApiError && error.httpStatus === 409 ? error.meanwhile[0] : undefined;

	return (
		<form className="targets-form" noValidate onSubmit={submit}>
			<div className="targets-fields">{(["acknowledge", "onSite", "clear"] as const).map(timeField)}</div>
			<h3>{t("targets.ladder")}</h3>
			<div className="targets-fields">{escalationLevels.map(timeField)}</div>
			<QuietFields
				draft={draft}
				disabled={!mayChange}
				fromError={wordsOf(problems.from)}
				toError={wordsOf(problems.to)}
				onDraft={setTyped}
			/>
			{!isWrong && <TargetsMeaning targets={targetsOfDraft(draft, saved.targets)} />}
			{meanwhile ? (
				<p role="alert" className="inline-note" data-testid="targets-overtaken">
					{t("targets.overtaken", { by: meanwhile.by })}
				</p>
			) : (
				<InlineError error={error} />
			)}
			<DoneBar text={before && !dirty ? t("targets.saved") : null} onUndo={before ? () => send(before, true) : null} />
			{mayChange && (
				<div className="buttons buttons-end">
					<span className="saved-state" role="status">
						{dirty && isWrong && t("targets.wrongAbove")}
					</span>
					<button type="button" className="button" disabled={!dirty || busy} onClick={() => setTyped(null)}>
						{t("targets.discard")}
					</button>
					<button
						type="submit"
						className="button primary"
						disabled={!dirty || busy || isWrong}
						data-testid="save-targets"
					>
						{busy ? t("common.saving") : t("targets.save")}
					</button>
				</div>
			)}
			<LeaveGuard dirty={dirty} />
		</form>
	);
}

function Changes({ answer: { changes } }: { readonly answer: TargetsAnswer }) {
	const { t } = useTranslation();
	return (
		<details className="targets-changes">
			<summary>{t("targets.changes")}</summary>
			{changes.length === 0 && <p className="soft">{t("targets.noChanges")}</p>}
			<ol>
				{changes.map(({ by, at, targets }) => (
					<li key={at}>
						<span className="soft digits">
							{t("targets.changedBy", { by, time: formatShort(at, currentLanguage()) })}
						</span>
						<TargetsLine targets={targets} />
					</li>
				))}
			</ol>
		</details>
	);
}

/** All of it in one line. */
function TargetsLine({ targets }: { readonly targets: TargetsBody }) {
	const { t } = useTranslation();
	const { times, isQuiet, from, to } = draftOf(targets);
	const parts = (Object.keys(times) as TargetField[]).map(
		(field) => `${t(`targets.${field}`)} ${times[field]} ${t(`targets.unit_${unitOf(field)}`)}`,
	);
	return (
		<span>{[...parts, isQuiet ? `${t("targets.quiet")} ${from}–${to}` : t("targets.quietNever")].join(" · ")}</span>
	);
}
