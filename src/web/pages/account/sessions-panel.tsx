import { useState } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { AccountSession, EndSessionBody } from "#contract/session-api.ts";
import { browserOf } from "#core/accounts/browser-words.ts";
import { endSessions, loadSessions } from "../../api/account-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

/** Every session of one's own, to be ended one by one or all but this. */
export function SessionsPanel() {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded("sessions", loadSessions);
	const [asked, setAsked] = useState<AccountSession | "others" | null>(null);
	const others = value?.sessions.filter(({ isThis }) => !isThis).length ?? 0;

	async function end(body: EndSessionBody) {
		put(await endSessions(body));
		say(t("account.ended"), "good");
	}

	return (
		<section className="card account-card" aria-labelledby="account-sessions">
			<div className="account-card-head">
				<div>
					<h2 id="account-sessions">{t("account.sessions")}</h2>
					<p className="soft">{t("account.sessionsHint")}</p>
				</div>
				{others > 0 && (
					<button type="button" className="button" data-testid="end-others" onClick={() => setAsked("others")}>
						{t("account.endOthers")}
					</button>
				)}
			</div>
			{loading ? (
				<p className="loading">{t("app.loading")}</p>
			) : !value ? (
				<Failure title={t("account.sessions")} error={error} onRetry={reload} />
			) : (
				<ul className="session-list">
					{[...value.sessions]
						.sort((one, other) => Number(other.isThis) - Number(one.isThis))
						.map((session) => (
							<SessionRow key={session.id} session={session} onEnd={() => setAsked(session)} />
						))}
				</ul>
			)}
			{value && others === 0 && <p className="soft">{t("account.onlyThis")}</p>}
			{asked && (
				<ConfirmDialog
					title={t(asked === "others" ? "account.endOthersTitle" : "account.endTitle")}
					confirm={t(asked === "others" ? "account.endOthers" : "account.end")}
					danger
					testId="end-session"
					onConfirm={() => end(asked === "others" ? { allOthers: true } : { id: asked.id })}
					onClose={() => setAsked(null)}
				>
					{asked === "others"
						? t("account.endOthersText", { count: others })
						: t("account.endText", { device: deviceWords(t, asked) })}
				</ConfirmDialog>
			)}
		</section>
	);
}

function SessionRow({ session, onEnd }: { readonly session: AccountSession; readonly onEnd: () => void }) {
	const { t } = useTranslation();
	const { address, signedInAt, seenAt, endsAt, isThis, isScreen } = session;
	const when = (at: number) => formatShort(at, currentLanguage());
	return (
		<li className="session-row" data-testid="session-row" data-this={isThis}>
			<div className="session-device">
				<strong>{deviceWords(t, session)}</strong>
				{isThis && <span className="tag session-this">{t("account.thisOne")}</span>}
				{isScreen && <span className="tag">{t("account.screenSign")}</span>}
			</div>
			<dl className="facts session-facts">
				<div>
					<dt>{t("account.signedInAt")}</dt>
					<dd className="digits">{when(signedInAt)}</dd>
				</div>
				<div>
					<dt>{t("account.seenAt")}</dt>
					<dd className="digits">{when(seenAt)}</dd>
				</div>
				<div>
					<dt>{t("account.endsAt")}</dt>
					<dd className="digits">{when(endsAt)}</dd>
				</div>
				<div>
					<dt>{t("account.address")}</dt>
					<dd className="code">{address}</dd>
				</div>
			</dl>
			{!isThis && (
				<button type="button" className="button small danger" data-testid="end-one" onClick={onEnd}>
					{t("account.end")}
				</button>
			)}
		</li>
	);
}

function deviceWords(t: TFunction<"page">, { agent }: AccountSession): string {
	const { browser, system } = browserOf(agent);
	return [browser ?? t("account.unknownBrowser"), ...(system ? [system] : [])].join(" · ");
}
