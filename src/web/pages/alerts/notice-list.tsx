import { useTranslation } from "react-i18next";
import type { AnnouncementAnswer, NoticeAnswer } from "#contract/notices-api.ts";
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

/** What loudspeakers read out by themselves while it stood there. */
export function AnnouncementList({ announcements }: { readonly announcements: readonly AnnouncementAnswer[] }) {
	const { t } = useTranslation();
	if (announcements.length === 0) return null;
	return (
		<>
			<h4>{t("notices.spokenTitle")}</h4>
			<ul className="notice-list">
				{announcements.map(({ id, channel, text, at, state, why }) => (
					<li key={id} data-testid="announcement" data-state={state}>
						<strong>{t(`notices.announcement.${state}`)}</strong> {channel} · {text}
						<span className="soft digits">{formatShort(at, currentLanguage())}</span>
						{why !== null && <span className="notice-why">{why}</span>}
					</li>
				))}
			</ul>
		</>
	);
}
