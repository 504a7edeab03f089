import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandoverAnswer } from "#contract/handovers-api.ts";
import { account } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { giveHandover, loadHandovers, loadOpenCases, takeHandover, withdrawHandover } from "../../api/handling-api.ts";
import { ApiError } from "../../api/http.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Field } from "../../components/field.tsx";
import { Failure } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant, formatShort } from "../../time/format-time.ts";
import { HandlingTags } from "../handling/handling-panel.tsx";
import "../handling/handling.css";
import "./handover.css";

/** What is not done yet, one shift that hands it to the next, and the changes of shifts before. */
export default function HandoverPage() {
	const { t } = useTranslation();
	const open = useLoaded("open cases", (signal) => loadOpenCases(signal));
	const past = useLoaded("handovers", (signal) => loadHandovers(signal));
	const { reload } = open;
	useEffect(
		() => onChanges((changes) => (changes.length === 0 || changes.some(({ kind }) => kind === "alert")) && reload()),
		[reload],
	);
	if (open.error !== null || past.error !== null) {
		return (
			<Failure
				title={t("handover.page")}
				error={open.error ?? past.error}
				onRetry={() => (open.reload(), past.reload())}
			/>
		);
	}
	if (!open.value || !past.value) return <p className="loading">{t("app.loading")}</p>;
	const waiting = past.value.handovers.find(({ taken, withdrawnAt }) => taken === null && withdrawnAt === null);
	const done = past.value.handovers.filter((each) => each !== waiting);
	return (
		<div className="page page-narrow handover-page" data-testid="handover-page">
			<h1>{t("handover.page")}</h1>
			<section className="card handover-now" aria-labelledby="handover-now">
				<h2 id="handover-now">{waiting ? t("handover.waiting") : t("handover.give")}</h2>
				{waiting ? (
					<Waiting handover={waiting} onDone={past.reload} />
				) : (
					<Give open={open.value.cases.length} onDone={past.reload} />
				)}
			</section>
			<section aria-labelledby="open-title">
				<h2 id="open-title">{t("handover.open", { count: open.value.cases.length })}</h2>
				<OpenCases cases={open.value.cases} />
			</section>
			<section aria-labelledby="past-title">
				<h2 id="past-title">{t("handover.past")}</h2>
				{done.length === 0 && <p className="soft">{t("handover.none")}</p>}
				<ul className="handovers">
					{done.map((each) => (
						<Past key={each.id} handover={each} />
					))}
				</ul>
			</section>
		</div>
	);
}

function OpenCases({ cases }: { readonly cases: readonly AlertAnswer[] }) {
	const { t } = useTranslation();
	if (cases.length === 0) return <p className="soft">{t("handover.nothingOpen")}</p>;
	return (
		<ul className="card open-cases" data-testid="open-cases">
			{cases.map((alert) => (
				<li key={alert.id}>
					<Link href={`/alerts/${alert.id}`}>
						<strong>{alert.laneName}</strong>
						<span>{t(`handling.state_${alert.handling.state}`)}</span>
						<span className="soft digits">{formatShort(alert.raisedAt, currentLanguage())}</span>
						<HandlingTags alert={alert} />
					</Link>
				</li>
			))}
		</ul>
	);
}

function Give({ open, onDone }: { readonly open: number; readonly onDone: () => void }) {
	const { t } = useTranslation();
	const [note, setNote] = useState("");
	const { busy, problem, run } = useRun(onDone);
	return (
		<form
			className="reason-form"
			onSubmit={(event) => {
				event.preventDefault();
				void run(() => giveHandover(note.trim()));
			}}
		>
			<p className="soft">{t("handover.giveHint", { count: open })}</p>
			<Field label={t("handover.note")}>
				{(tied) => (
					<textarea
						{...tied}
						name="note"
						rows={3}
						maxLength={1000}
						value={note}
						onChange={(event) => setNote(event.target.value)}
					/>
				)}
			</Field>
			<Problem words={problem} />
			<div className="buttons">
				<button type="submit" className="button primary" disabled={busy} data-testid="give-handover">
					{t("handover.giveAction")}
				</button>
			</div>
		</form>
	);
}

function Waiting({ handover, onDone }: { readonly handover: HandoverAnswer; readonly onDone: () => void }) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const { busy, problem, run } = useRun(onDone);
	const own = who.state === "signed_in" && who.user.name === handover.by;
	return (
		<div className="reason-form" data-testid="waiting-handover">
			<p>{t("handover.from", { by: handover.by, time: formatInstant(handover.at, currentLanguage()) })}</p>
			{handover.note !== null && <blockquote className="handover-note">{handover.note}</blockquote>}
			<p className="soft">{own ? t("handover.ownHint") : t("handover.takeHint")}</p>
			<Problem words={problem} />
			<div className="buttons">
				{own ? (
					<button
						type="button"
						className="button"
						disabled={busy}
						onClick={() => void run(() => withdrawHandover(handover.id))}
					>
						{t("handover.withdraw")}
					</button>
				) : (
					<button
						type="button"
						className="button primary"
						disabled={busy}
						data-testid="take-handover"
						onClick={() => void run(() => takeHandover(handover.id))}
					>
						{t("handover.take")}
					</button>
				)}
			</div>
		</div>
	);
}

function Past({ handover }: { readonly handover: HandoverAnswer }) {
	const { t } = useTranslation();
	const { by, at, note, taken, withdrawnAt, items } = handover;
	const language = currentLanguage();
	return (
		<li className="card" data-testid="past-handover">
			<p>
				<strong>{taken ? t("handover.fromTo", { by, to: taken.by }) : by}</strong>{" "}
				<span className="soft digits">{formatInstant(taken?.at ?? withdrawnAt ?? at, language)}</span>
				{withdrawnAt !== null && <span className="tag">{t("handover.withdrawn")}</span>}
			</p>
			{note !== null && <blockquote className="handover-note">{note}</blockquote>}
			<details>
				<summary>{t("handover.items", { count: items.length })}</summary>
				<ul>
					{items.map((item) => (
						<li key={item.alertId}>
							<Link href={`/alerts/${item.alertId}`}>{item.laneName}</Link> {t(`handling.state_${item.state}`)}
							{item.who !== null && ` · ${item.who}`}
						</li>
					))}
				</ul>
			</details>
		</li>
	);
}

function Problem({ words }: { readonly words: string | null }) {
	return words === null ? null : (
		<p role="alert" className="inline-error">
			{words}
		</p>
	);
}

/** Where somebody was first the list is loaded anew, and what was typed stays. */
function useRun(onDone: () => void) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	async function run(action: () => Promise<unknown>): Promise<void> {
		setBusy(true);
		setProblem(null);
		try {
			await action();
			onDone();
		} catch (error) {
			const isFirst = error instanceof ApiError && error.httpStatus === 409;
			setProblem(isFirst ? t("handover.somebodyFirst", { by: error.first?.by ?? "" }) : errorText(t, error));
			if (isFirst) onDone();
		} finally {
			setBusy(false);
		}
	}
	return { busy, problem, run };
}
