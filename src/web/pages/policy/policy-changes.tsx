import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyChangeAnswer } from "#contract/policy-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadPolicyChanges } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";
import { useRuleLines } from "./rules-text.ts";

/** Who changed what, newest first. Loaded anew when the site's policy has changed. */
export function PolicyChanges({ changedAt }: { readonly changedAt: number | null }) {
	const { t } = useTranslation();
	const first = useLoaded(`policy changes ${changedAt}`, (signal) => loadPolicyChanges(undefined, signal));
	const [older, setOlder] = useState<{ changes: readonly PolicyChangeAnswer[]; more: boolean } | null>(null);
	const [busy, setBusy] = useState(false);
	const all = [...(first.value?.changes ?? []), ...(older?.changes ?? [])];
	const more = older ? older.more : (first.value?.more ?? false);
	async function loadMore() {
		setBusy(true);
		try {
			const next = await loadPolicyChanges(all.at(-1)?.id);
			setOlder({ changes: [...(older?.changes ?? []), ...next.changes], more: next.more });
		} finally {
			setBusy(false);
		}
	}
	return (
		<section className="card policy-card" aria-labelledby="policy-changes">
			<h2 id="policy-changes">{t("policy.changes")}</h2>
			{first.error !== null && <p className="inline-error">{errorText(t, first.error)}</p>}
			{first.value && all.length === 0 && <p className="soft">{t("policy.noChanges")}</p>}
			<ol className="policy-changes">
				{all.map((change) => (
					<Change key={change.id} change={change} />
				))}
			</ol>
			{more && (
				<button type="button" className="button small" disabled={busy} onClick={() => void loadMore()}>
					{t("common.more")}
				</button>
			)}
		</section>
	);
}

function Change({ change: { by, at, scope, zoneName, before, after } }: { readonly change: PolicyChangeAnswer }) {
	const { t } = useTranslation();
	const lines = useRuleLines();
	const [was, is] = [lines(before), lines(after)];
	const [gone, come] = [was.filter((line) => !is.includes(line)), is.filter((line) => !was.includes(line))];
	return (
		<li data-testid="policy-change">
			<p>
				<strong>{scope === "site" ? t("policy.ofSite") : zoneName}</strong>{" "}
				<span className="soft digits">{t("policy.changedBy", { by, time: formatShort(at, currentLanguage()) })}</span>
			</p>
			<dl>
				<dt>{t("policy.removedLine")}</dt>
				<dd>{gone.join("；") || t("policy.nothing")}</dd>
				<dt>{t("policy.added")}</dt>
				<dd>{come.join("；") || t("policy.nothing")}</dd>
			</dl>
		</li>
	);
}
