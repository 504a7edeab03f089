import { Component, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { isSensitive } from "#core/accounts/session-limits.ts";
import { type Account, account, askWhoIsSignedIn, may } from "./account.ts";
import { Dialog } from "./components/dialog.tsx";
import { Failure, Message } from "./components/message.tsx";
import { Shell } from "./components/shell.tsx";
import { lazyPage } from "./i18n/lazy-page.ts";
import { useObservable } from "./observable.ts";
import { SignInForm } from "./pages/sign-in/sign-in-form.tsx";
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx";
import { WallPage } from "./pages/wall/wall-page.tsx";

// The wall is what is opened each morning and stays open; the rest is fetched when somebody goes there.
const AccountPage = lazyPage(() => import("./pages/account/account-page.tsx"));
const AlertsPage = lazyPage(() => import("./pages/alerts/alerts-page.tsx"));
const AlertPage = lazyPage(() => import("./pages/alerts/alert-page.tsx"));
const GuardPage = lazyPage(() => import("./pages/guard/guard-page.tsx"));
const HandoverPage = lazyPage(() => import("./pages/handover/handover-page.tsx"));
const CamerasPage = lazyPage(() => import("./pages/cameras/cameras-page.tsx"));
const CameraFormPage = lazyPage(() => import("./pages/cameras/camera-form-page.tsx"));
const CameraPage = lazyPage(() => import("./pages/cameras/camera-page.tsx"));
const ZonesPage = lazyPage(() => import("./pages/zones/zones-page.tsx"));
const EdgesPage = lazyPage(() => import("./pages/edges/edges-page.tsx"));
const AuditPage = lazyPage(() => import("./pages/audit/audit-page.tsx"));
const CluesPage = lazyPage(() => import("./pages/clues/clues-page.tsx"));
const CluePage = lazyPage(() => import("./pages/clues/clue-page.tsx"));
const TransfersPage = lazyPage(() => import("./pages/transfers/transfers-page.tsx"));
const CardPage = lazyPage(() => import("./pages/site-card/card-page.tsx"));
const StationPage = lazyPage(() => import("./pages/station/station-page.tsx"));
const PackPage = lazyPage(() => import("./pages/drill/pack-page.tsx"));
const RecordPage = lazyPage(() => import("./pages/drill/record-page.tsx"));
const CallSearchPage = lazyPage(() => import("./pages/call/call-search-page.tsx"));
const CallPage = lazyPage(() => import("./pages/call/call-page.tsx"));
const PlanPage = lazyPage(() => import("./pages/plans/plan-page.tsx"));
const HistoryPage = lazyPage(() => import("./pages/history/history-page.tsx"));
const RolesPage = lazyPage(() => import("./pages/roles/roles-page.tsx"));
const OrganisationPage = lazyPage(() => import("./pages/organisation/organisation-page.tsx"));
const SitePage = lazyPage(() => import("./pages/organisation/site-page.tsx"));
const UsersPage = lazyPage(() => import("./pages/users/users-page.tsx"));
const OwnPasswordPage = lazyPage(async () => ({
	default: (await import("./pages/sign-in/own-password-page.tsx")).OwnPasswordPage,
}));
const FactorDuePage = lazyPage(async () => ({
	default: (await import("./pages/factor/factor-due-page.tsx")).FactorDuePage,
}));
const PolicyPage = lazyPage(() => import("./pages/policy/policy-page.tsx"));

export function App() {
	const { t } = useTranslation();
	const who = useObservable(account);
	const [location] = useLocation();
	// A guard's phone goes on without a network, and needs none of the wall.
	const isGuard = location === "/guard";
	if (who.state === "asking") return <Loading />;
	if (who.state === "signed_in" && who.mustChangePassword) {
		return (
			<Suspense fallback={<Loading />}>
				<OwnPasswordPage userName={who.user.name} />
			</Suspense>
		);
	}
	if (who.state === "signed_in" && who.factorDue) {
		return (
			<Suspense fallback={<Loading />}>
				<FactorDuePage userName={who.user.name} />
			</Suspense>
		);
	}
	if (who.state === "signed_in" && who.user.role === "guard" && location === "/") {
		return <Redirect to="/guard" replace />;
	}
	if (isGuard && who.state !== "signed_out") {
		return (
			<>
				<CrashBoundary>
					<Suspense fallback={<Loading />}>
						<GuardPage who={who} />
					</Suspense>
				</CrashBoundary>
				<SignInAgain who={who} />
			</>
		);
	}
	if (who.state === "unreachable") {
		return <Failure title={t("app.title")} error={who.error} onRetry={() => void askWhoIsSignedIn()} />;
	}
	if (who.state === "signed_out") return <SignInPage />;
	return (
		<>
			<Shell who={who}>
				<CrashBoundary>
					<Suspense fallback={<Loading />}>
						<Pages />
					</Suspense>
				</CrashBoundary>
			</Shell>
			<SignInAgain who={who} />
		</>
	);
}

/** A session that ended: the page below stays as it is, so that nothing typed is lost. */
function SignInAgain({ who }: { readonly who: Account }) {
	const { t } = useTranslation();
	if (who.state !== "signed_in" || !who.expired) return null;
	return (
		<Dialog
			title={t("signIn.expired")}
			onClose={() => {}}
			dismissable={false}
			// What stands on the page of police or fire service is not for who walks past it.
			look={isSensitive(who.user.role) ? "cover" : "box"}
			testId="session-expired"
		>
			<p>{t("signIn.expiredHint")}</p>
			<SignInForm knownName={who.user.name} />
		</Dialog>
	);
}

function Pages() {
	return (
		<Switch>
			<Route path="/" component={Home} />
			<Route path="/account" component={AccountPage} />
			<Route path="/alerts" component={AlertsPage} />
			<Route path="/alerts/:id">{({ id }) => <AlertPage key={id} id={id} />}</Route>
			<Route path="/audit" component={AuditPage} />
			<Route path="/clues" component={CluesPage} />
			<Route path="/clues/:number">{({ number }) => <CluePage key={number} number={number} />}</Route>
			<Route path="/transfers" component={TransfersPage} />
			<Route path="/handover" component={HandoverPage} />
			<Route path="/cameras" component={CamerasPage} />
			<Route path="/cameras/new">
				<CameraFormPage id={null} />
			</Route>
			<Route path="/cameras/:id">{({ id }) => <CameraPage key={id} id={id} />}</Route>
			<Route path="/cameras/:id/edit">{({ id }) => <CameraFormPage key={id} id={id} />}</Route>
			<Route path="/cameras/:id/zones">{({ id }) => <ZonesPage key={id} id={id} />}</Route>
			<Route path="/edges" component={EdgesPage} />
			<Route path="/plans/:siteId">{({ siteId }) => <PlanPage key={siteId} siteId={siteId} />}</Route>
			<Route path="/sites/:siteId/card">{({ siteId }) => <CardPage key={siteId} siteId={siteId} />}</Route>
			<Route path="/drill" component={StationPage} />
			<Route path="/drill/:siteId">{({ siteId }) => <PackPage key={siteId} siteId={siteId} />}</Route>
			<Route path="/drill/:siteId/record">{({ siteId }) => <RecordPage key={siteId} siteId={siteId} />}</Route>
			<Route path="/call" component={CallSearchPage} />
			<Route path="/call/:siteId">{({ siteId }) => <CallPage key={siteId} siteId={siteId} />}</Route>
			<Route path="/history" component={HistoryPage} />
			<Route path="/policy" component={PolicyPage} />
			<Route path="/organisation" component={OrganisationPage} />
			<Route path="/organisation/:id">{({ id }) => <SitePage key={id} id={id} />}</Route>
			<Route path="/users" component={UsersPage} />
			<Route path="/roles" component={RolesPage} />
			<Route>
				<NotFound />
			</Route>
		</Switch>
	);
}

/** Who does not watch begins where there is something to do. */
function Home() {
	const who = useObservable(account);
	if (may(who, "watch")) return <WallPage />;
	if (may(who, "receive")) return <Redirect to="/clues" replace />;
	return <Redirect to={may(who, "audit") ? "/audit" : "/roles"} replace />;
}

function NotFound() {
	const { t } = useTranslation();
	return (
		<Message icon="search" title={t("app.notFound")} hint={t("app.notFoundHint")}>
			<a className="button primary" href="/">
				{t("app.backToWall")}
			</a>
		</Message>
	);
}

function Loading() {
	const { t } = useTranslation();
	return (
		<p className="loading" role="status">
			{t("app.loading")}
		</p>
	);
}

/** A fault in one page must not take the alerts' sound and the navigation with it. */
class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
	override state = { crashed: false };

	static getDerivedStateFromError() {
		return { crashed: true };
	}

	override render() {
		return this.state.crashed ? <Crashed /> : this.props.children;
	}
}

function Crashed() {
	const { t } = useTranslation();
	return (
		<Message icon="warning" title={t("app.crashed")} hint={t("app.crashedHint")} testId="crashed">
			<button type="button" className="button primary" onClick={() => location.reload()}>
				{t("app.reload")}
			</button>
		</Message>
	);
}
