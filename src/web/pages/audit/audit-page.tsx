import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { AuditAnswer } from "#contract/audit-api.ts";
import { ledgerWords } from "#contract/ledger.ts";
import { type AuditFilters, auditTableUrl, loadAudit } from "../../api/audit-api.ts";
import { errorText } from "../../api/error-text.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { ReasonDialog } from "../../components/reason-dialog.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";
import { AuditFilter } from "./audit-filter.tsx";
import { filtersOf } from "./audit-filters.ts";
import "./audit.css";

/** Everything that the ledger holds, newest first, by person, action, object and time. */
export default function AuditPage() {
	const { t } = useTranslation();
	const [query, setQuery] = useSearchParams();
	const [saving, setSaving] = useState(false);
	const filters = filtersOf(query);
	const key = JSON.stringify(filters);
	const { value, error, loading, reload, put } = useLoaded(`audit ${key}`, (signal) =>
		loadAudit(filters, undefined, signal),
	);
	return (
		<div className="page" data-testid="audit-page">
			<div className="page-head">
				<div>
					<h1>{t("audit.page")}</h1>
					<p className="soft">{t("audit.hint")}</p>
				</div>
				<button type="button" className="button" data-testid="save-audit" onClick={() => setSaving(true)}>
					<Icon name="download" />
					{t("audit.save")}
				</button>
			</div>
			<AuditFilter query={query} people={value?.people ?? []} onQuery={setQuery} />
			{loading && !value ? (
				<p className="loading">{t("app.loading")}</p>
			) : !value ? (
				<Failure title={t("audit.page")} error={error} onRetry={reload} />
			) : (
				<AuditRows answer={value} filters={filters} onMore={put} />
			)}
			{saving && (
				<ReasonDialog
					title={t("audit.save")}
					hint={t("audit.reasonHint")}
					action={t("audit.save")}
					onGiven={async (reason) => location.assign(auditTableUrl(filters, reason))}
					wordsOf={(failure) => errorText(t, failure)}
					onClose={() => setSaving(false)}
				/>
			)}
		</div>
	);
}

interface AuditRowsProps {
	readonly answer: AuditAnswer;
	readonly filters: AuditFilters;
	readonly onMore: (answer: AuditAnswer) => void;
}

function AuditRows({ answer, filters, onMore }: AuditRowsProps) {
	const { t } = useTranslation();
	const [fetching, setFetching] = useState(false);
	const { rows } = answer;

	async function loadMore() {
		const last = rows.at(-1);
		if (!last || fetching) return;
		setFetching(true);
		try {
			const next = await loadAudit(filters, last.seq);
			onMore({ ...next, rows: [...rows, ...next.rows] });
		} catch (failure) {
			say(errorText(t, failure), "bad");
		} finally {
			setFetching(false);
		}
	}

	if (rows.length === 0) return <Message icon="search" title={t("audit.none")} />;
	return (
		<>
			<ol className="audit-rows card" aria-label={t("audit.rows")} reversed start={rows[0]?.seq}>
				{rows.map((row) => (
					<AuditRow key={row.seq} row={row} />
				))}
			</ol>
			{answer.more && <LoadMore fetching={fetching} onMore={() => void loadMore()} />}
		</>
	);
}

const objectKinds = [
	...([
		"alert",
		"camera",
		"district",
		"edge",
		"evidence",
		"handover",
		"lane",
		"ledger",
		"manifest",
		"marking",
	] as const),
	...(["party", "permit", "plate", "receiver", "sector", "site", "street", "transfer", "user"] as const),
];

/** A kind that this page does not know is shown as it came. */
function objectWord(t: TFunction<"page">, kind: string): string {
	const known = objectKinds.find((each) => each === kind);
	return known ? t(`audit.object.${known}`) : kind;
}

function AuditRow({ row }: { readonly row: AuditAnswer["rows"][number] }) {
	const { t } = useTranslation();
	const { seq, at, who, whoName, what, on, alertId, why, detail, hash } = row;
	const name = whoName ?? (who.kind === "system" ? t("audit.system") : `${t("audit.edge")} ${who.id}`);
	const known = ledgerWords.includes(what);
	return (
		<li data-testid="audit-row" data-what={what}>
			<span className="digits soft">{formatInstant(at, currentLanguage())}</span>
			<strong>{name}</strong>
			<span className="tag">{known ? t(`audit.word_${what}`) : what}</span>
			<span className="code audit-object">
				{on.kind === "system" ? routeOf(detail) : `${objectWord(t, on.kind)} ${on.id}`}
				{alertId !== null && alertId !== on.id && <span className="soft"> · {alertId}</span>}
			</span>
			{why !== null && <span className="audit-why">{why}</span>}
			<details>
				<summary>{t("audit.detail")}</summary>
				<pre className="code">{JSON.stringify(detail, null, 1)}</pre>
				<p className="code soft">
					{seq} · {hash}
				</p>
			</details>
		</li>
	);
}

/** Of what has no object of its own, such as a new camera: what was asked for. */
function routeOf(detail: AuditAnswer["rows"][number]["detail"]): string {
	const { method, route } = { method: "", route: "", ...(typeof detail === "object" ? detail : {}) };
	return `${String(method)} ${String(route)}`;
}
