import { useTranslation } from "react-i18next";
import type { NoticeAnswer } from "#contract/notices-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

/** What was sent and what became of it, newest first. */
export function NoticeList({ notices }: { readonly notices: readonly NoticeAnswer[] }) {
	const { t } = useTranslation();
	if (notices.length === 0) return null;
	return (
		<>
			<h4>{t("notices.sentTitle")}</h4>
			<ul className="notice-list">
				{notices.map((notice) => (
					<li key={notice.id} data-testid="notice" data-state={notice.state}>
						<strong>{t(`notices.${notice.state}`)}</strong> {notice.channel}
						{notice.phone !== null && ` · ${notice.phone}`}
						<span className="soft digits">
							{t("notices.by", { by: notice.by, time: formatShort(notice.at, currentLanguage()) })}
						</span>
						{notice.attempts > 1 && <span className="soft">{t("notices.attempts", { count: notice.attempts })}</span>}
						{notice.why !== null && <span className="notice-why">{notice.why}</span>}
					</li>
				))}
			</ul>
		</>
	);
}
