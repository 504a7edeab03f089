import { useTranslation } from "react-i18next";
import type { HandlingEntryAnswer } from "#contract/handling-api.ts";
import type { JudgementReason } from "#core/handling/handling-words.ts";
import { handlingPhotoUrl } from "../../api/handling-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatDuration } from "../../time/format-duration.ts";
import { formatShort } from "../../time/format-time.ts";

/** A phone whose clock is off by less is right enough. */
const clockIsRightMs = 5_000;

/** What was done, oldest first; what was taken back stays in sight. */
export function HandlingLog({ entries }: { readonly entries: readonly HandlingEntryAnswer[] }) {
	const { t } = useTranslation();
	const shown = entries.filter(({ kind }) => kind !== "taken_back");
	if (shown.length === 0) return <p className="soft">{t("handling.nothingYet")}</p>;
	const undone = new Set(entries.map(({ undoes }) => undoes));
	return (
		<ol className="handling-log" aria-label={t("handling.history")} data-testid="handling-log">
			{shown.map((entry) => (
				<Entry key={entry.position} entry={entry} isUndone={undone.has(entry.position)} />
			))}
		</ol>
	);
}

function Entry({ entry, isUndone }: { readonly entry: HandlingEntryAnswer; readonly isUndone: boolean }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const { kind, by, at, happenedAt, clockOffMs, reason, note, to, level } = entry;
	const what = t(`handling.kind_${kind}`);
	const facts = [
		to === null ? null : t("handling.toWhom", { to }),
		level === null ? null : t(`handling.level_${level}`),
		entry.photo === null ? null : t(`guard.photo_${entry.photo.moment}`),
		reason === null ? null : t(`handling.reason_${reason as JudgementReason}`),
		note,
		happenedAt === null || at - happenedAt < clockIsRightMs
			? null
			: t("handling.happened", { time: formatShort(happenedAt, language) }),
		clockOffMs === null || Math.abs(clockOffMs) < clockIsRightMs
			? null
			: t(clockOffMs > 0 ? "handling.clockAhead" : "handling.clockBehind", {
					time: formatDuration(Math.abs(clockOffMs), language),
				}),
		...useDetailWords(entry),
	].filter((words) => words !== null);
	return (
		<li data-kind={kind}>
			<span className="handling-what">
				{isUndone ? <s>{what}</s> : <strong>{what}</strong>}
				{isUndone && <span className="tag">{t("handling.takenBackMark")}</span>}
				{facts.length > 0 && <span className="handling-facts">{facts.join(" · ")}</span>}
				{entry.photo && !entry.photo.deleted && (
					<a href={handlingPhotoUrl(entry.photo.id)} target="_blank" rel="noopener" className="handling-photo">
						<img
							src={handlingPhotoUrl(entry.photo.id)}
							alt={t(`guard.photo_${entry.photo.moment}`)}
							loading="lazy"
							data-testid="handling-photo"
						/>
					</a>
				)}
			</span>
			<span className="soft digits">
				{t("handling.by", { by: by ?? t("handling.system"), time: formatShort(at, language) })}
			</span>
		</li>
	);
}

/** What the server adds of its own. */
function useDetailWords({ detail }: HandlingEntryAnswer): readonly string[] {
	const { t } = useTranslation();
	if (detail === null) return [];
	const names = (value: unknown) => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : []);
	const [told, held] = [names(detail["told"]), names(detail["held"])];
	return [
		...(detail["lane"] === "unknown" ? [t("handling.laneUnknown")] : []),
		...(told.length > 0 ? [t("handling.told", { channels: told.join(", ") })] : []),
		...(held.length > 0 ? [t("handling.held", { channels: held.join(", ") })] : []),
		...(detail["why"] === "before_handling" ? [t("handling.beforeHandling")] : []),
		...(typeof detail["number"] === "string" ? [detail["number"]] : []),
	];
}
