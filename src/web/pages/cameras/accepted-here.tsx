import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AcceptanceAnswer } from "#contract/acceptances.ts";
import { loadAcceptances } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { UndoAcceptance } from "../../components/undo-acceptance.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { formatShort } from "../../time/format-time.ts";

/** What people judged to belong in the camera's lanes, lane by lane, with the way back. Nothing where there is none. */
export function AcceptedHere({ cameraId }: { readonly cameraId: string }) {
	const { t } = useTranslation();
	const { standing, reload } = useStanding(cameraId);
	if (standing.length === 0) return null;
	const lanes = new Map(standing.map(({ laneId, laneName }) => [laneId, laneName]));
	return (
		<section className="card accepted-here" aria-labelledby="accepted-here" data-testid="accepted-here">
			<h2 id="accepted-here">{t("acceptance.list")}</h2>
			<p className="soft">{t("acceptance.listHint")}</p>
			{[...lanes].map(([laneId, laneName]) => (
				<div key={laneId}>
					<h3>{laneName}</h3>
					<ul>
						{standing
							.filter((acceptance) => acceptance.laneId === laneId)
							.map((acceptance) => (
								<Accepted key={acceptance.id} acceptance={acceptance} onUndone={reload} />
							))}
					</ul>
				</div>
			))}
		</section>
	);
}

/** Kept up to date: each judgement changes its alert. */
export function useStanding(cameraId: string): {
	readonly standing: readonly AcceptanceAnswer[];
	readonly reload: () => void;
} {
	const { value, reload } = useLoaded(`acceptances ${cameraId}`, (signal) => loadAcceptances(cameraId, signal));
	useEffect(
		() =>
			onChanges((changes) => {
				const touched = changes.some(({ kind, value: changed }) => kind === "alert" && changed.cameraId === cameraId);
				if (touched || changes.length === 0) reload();
			}),
		[cameraId, reload],
	);
	return { standing: value?.acceptances.filter(({ undone }) => undone === null) ?? [], reload };
}

function Accepted({ acceptance, onUndone }: { readonly acceptance: AcceptanceAnswer; readonly onUndone: () => void }) {
	const { t } = useTranslation();
	const { by, at, reason, alertId } = acceptance;
	return (
		<li data-testid="accepted">
			<p>
				{reason}
				<span className="soft digits">
					{by} · {formatShort(at, currentLanguage())}
				</span>
			</p>
			<div className="buttons">
				<Link className="button small" href={`/alerts/${alertId}`}>
					{t("acceptance.toAlert")}
				</Link>
				<UndoAcceptance acceptance={acceptance} onUndone={onUndone} />
			</div>
		</li>
	);
}
