import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type Account, askWhoIsSignedIn, signOut } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import { Notices, say } from "../../components/notices.tsx";
import { LanguageButton } from "../../components/preferences.tsx";
import { queue, sendQueue } from "../../guard/guard-queue.ts";
import { forgetGuard } from "../../guard/guard-store.ts";
import { startGuardWorker } from "../../guard/guard-worker.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { formatDuration } from "../../time/format-duration.ts";
import { formatShort } from "../../time/format-time.ts";
import { PushSwitch } from "../../push/push-switch.tsx";
import { GuardCard } from "./guard-card.tsx";
import { QueuedList } from "./queued-list.tsx";
import { useGuard } from "./use-guard.ts";
import "../alerts/alerts.css";
import "../handling/handling.css";
import "./guard.css";

/** A phone whose clock is off by less needs no word. */
const clockIsRightMs = 60_000;

/** What a guard is to go to, on a phone: large, one-handed, and of use without a network. */
export default function GuardPage({ who }: { readonly who: Account }) {
	const { t } = useTranslation();
	const { user, dispatches, isOnline, reload } = useGuard(who);
	const clockOffsetMs = useObservable(live, (value) => value.clockOffsetMs);
	const waiting = useObservable(queue);
	useEffect(() => {
		document.title = `${t("guard.page")} · ${t("app.title")}`;
		void startGuardWorker();
	}, [t]);
	useCardOfAddress(dispatches !== null);
	if (user === undefined) return <p className="loading">{t("app.loading")}</p>;
	if (user === null) {
		const error = who.state === "unreachable" ? who.error : null;
		return <Failure title={t("guard.page")} error={error} onRetry={() => void askWhoIsSignedIn()} />;
	}
	const language = currentLanguage();
	const own = waiting.filter(({ userId }) => userId === user.id);
	return (
		<div className="guard" data-testid="guard-page" data-online={isOnline}>
			<header className="guard-head">
				<h1>{t("guard.page")}</h1>
				<span className="soft">{user.name}</span>
				<LanguageButton />
				<Link className="button quiet square" href="/account" aria-label={t("account.title")}>
					<Icon name="person" />
				</Link>
				<LeaveButton userId={user.id} />
			</header>
			<main className="guard-main">
				{!isOnline && (
					<p className="inline-note" role="status" data-testid="guard-offline">
						<Icon name="warning" />
						{t("guard.offline", { time: dispatches ? formatShort(dispatches.at, language) : "—" })}
					</p>
				)}
				{Math.abs(clockOffsetMs) > clockIsRightMs && (
					<p className="inline-note" data-testid="guard-clock">
						<Icon name="clock" />
						{t(clockOffsetMs < 0 ? "guard.clockAhead" : "guard.clockBehind", {
							time: formatDuration(Math.abs(clockOffsetMs), language),
						})}
					</p>
				)}
				<QueuedList actions={own} onSend={() => void sendQueue(user.id).then(reload)} />
				<h2>{t("guard.mine")}</h2>
				{dispatches?.mine.length ? (
					dispatches.mine.map((alert) => <GuardCard key={alert.id} alert={alert} userId={user.id} queued={own} />)
				) : (
					<p className="guard-calm">{t("guard.nothing")}</p>
				)}
				{dispatches !== null && dispatches.others.length > 0 && (
					<details className="guard-others">
						<summary>{t("guard.others", { count: dispatches.others.length })}</summary>
						{dispatches.others.map((alert) => (
							<GuardCard key={alert.id} alert={alert} userId={user.id} queued={own} />
						))}
					</details>
				)}
				{who.state === "signed_in" && isOnline && <PushSwitch userId={user.id} />}
			</main>
			<Notices />
		</div>
	);
}

/** A message that was tapped leads to its alert's card. */
function useCardOfAddress(isThere: boolean): void {
	useEffect(() => {
		if (!isThere) return;
		const show = () => {
			const card = document.getElementById(`alert-${decodeURIComponent(location.hash.slice(1))}`);
			card?.closest("details")?.setAttribute("open", "");
			card?.scrollIntoView({ block: "start" });
			card?.focus({ preventScroll: true });
		};
		show();
		addEventListener("hashchange", show);
		return () => removeEventListener("hashchange", show);
	}, [isThere]);
}

/** Before somebody leaves, what waits is sent; what cannot be sent is told, and goes only by a second word. */
function LeaveButton({ userId }: { readonly userId: string }) {
	const { t } = useTranslation();
	const [left, setLeft] = useState(0);
	async function leave() {
		await sendQueue(userId).catch(() => false);
		const still = queue.value.filter((action) => action.userId === userId).length;
		if (still > 0) setLeft(still);
		else await go();
	}
	async function go() {
		try {
			await signOut();
			await forgetGuard();
		} catch (error) {
			say(errorText(t, error), "bad");
		}
	}
	return (
		<>
			<button
				type="button"
				className="button quiet square"
				aria-label={t("app.signOut")}
				data-testid="sign-out"
				onClick={() => void leave()}
			>
				<Icon name="out" />
			</button>
			{left > 0 && (
				<Dialog title={t("guard.leaveTitle", { count: left })} onClose={() => setLeft(0)}>
					<p>{t("guard.leaveHint")}</p>
					<div className="buttons">
						<button type="button" className="button primary" onClick={() => setLeft(0)}>
							{t("guard.stay")}
						</button>
						<button type="button" className="button danger" onClick={() => void go()}>
							{t("guard.leaveAnyway")}
						</button>
					</div>
				</Dialog>
			)}
		</>
	);
}
