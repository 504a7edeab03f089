import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { Right, Role } from "#core/roles/role-words.ts";
import { type Account, may } from "../account.ts";
import { useAlertAttention, useLiveConnection } from "../live/use-live.ts";
import { live } from "../live/live-store.ts";
import { openCount } from "../live/wall-picture.ts";
import { useObservable } from "../observable.ts";
import { Brand } from "./brand.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { LostBanner, LiveSign } from "./liveness.tsx";
import { Notices } from "./notices.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import { LanguageButton, SoundButton, ThemeButton } from "./preferences.tsx";

const pages = [
	{ path: "/", icon: "grid", label: "app.wall", right: ["watch"] },
	{ path: "/alerts", icon: "bell", label: "app.alerts", right: ["watch"] },
	{ path: "/transfers", icon: "out", label: "app.transfers", right: ["confirm", "transfer"] },
	{ path: "/clues", icon: "out", label: "app.clues", right: ["receive"] },
	{ path: "/audit", icon: "search", label: "app.audit", right: ["audit"] },
	{ path: "/history", icon: "chart", label: "app.history", right: ["history"] },
	{ path: "/call", icon: "warning", label: "app.call", right: ["drill"] },
	{ path: "/drill", icon: "check", label: "app.station", right: ["drill"] },
	{ path: "/cameras", icon: "camera", label: "app.cameras", right: ["watch"] },
	{ path: "/edges", icon: "edge", label: "app.edges", right: ["configure", "administer"] },
	{ path: "/organisation", icon: "person", label: "app.organisation", right: ["configure", "administer"] },
	{ path: "/policy", icon: "clock", label: "app.policy", right: ["handle", "configure"] },
] as const satisfies readonly { path: string; icon: IconName; label: string; right: readonly Right[] }[];

/** Pages that are reached by the tabs of another one. */
const beside: Readonly<Record<string, string>> = { "/organisation": "/users" };

interface ShellProps {
	readonly who: Extract<Account, { state: "signed_in" }>;
	readonly children: ReactNode;
}

/** What stands around every page: navigation, whether it is live, sound; and the connection that keeps it live. */
export function Shell({ who, children }: ShellProps) {
	const { t } = useTranslation();
	const main = useRef<HTMLElement>(null);
	const watches = may(who, "watch");
	useLiveConnection(!who.expired && watches);
	useAlertAttention();
	useFocusOnNavigation(main);
	return (
		<div className="shell">
			<a
				className="skip-link"
				href="#main"
				onClick={(event) => {
					event.preventDefault();
					main.current?.focus();
				}}
			>
				{t("app.skip")}
			</a>
			<header className="top-bar">
				<Link href="/" className="top-brand">
					<Brand />
				</Link>
				<Navigation who={who} />
				<div className="top-tools">
					{watches && (
						<>
							<LiveSign />
							<SoundButton />
						</>
					)}
					<LanguageButton />
					<ThemeButton />
					<UserMenu name={who.user.name} role={who.user.role} />
				</div>
			</header>
			{watches && <LostBanner />}
			<main id="main" ref={main} tabIndex={-1}>
				{children}
			</main>
			<Notices />
		</div>
	);
}

function Navigation({ who }: { readonly who: Account }) {
	const { t } = useTranslation();
	const [location] = useLocation();
	const open = useObservable(live, ({ picture }) => (picture ? openCount(picture) : 0));
	return (
		<nav className="top-nav" aria-label={t("app.menu")}>
			{pages
				.filter(({ right }) => right.some((one) => may(who, one)))
				.map(({ path, icon, label }) => {
					const here = path === "/" ? location === "/" : location.startsWith(path) || beside[path] === location;
					return (
						<Link key={path} href={path} className="nav-link" aria-current={here ? "page" : undefined}>
							<Icon name={icon} />
							<span>{t(label)}</span>
							{path === "/alerts" && open > 0 && <span className="count">{open}</span>}
						</Link>
					);
				})}
		</nav>
	);
}

function UserMenu({ name, role }: { readonly name: string; readonly role: Role }) {
	const { t } = useTranslation();
	return (
		<div className="user">
			<Link
				href="/account"
				className="user-name"
				title={`${t("app.signedInAs", { name })} · ${t(`roles.role_${role}`)}`}
				aria-label={`${name} · ${t(`roles.role_${role}`)} · ${t("account.title")}`}
			>
				<Icon name="person" />
				<span>{name}</span>
			</Link>
			<SignOutButton />
		</div>
	);
}

/** After going to another page, a screen reader and the keyboard begin at that page's content. */
function useFocusOnNavigation(main: { readonly current: HTMLElement | null }): void {
	const [location] = useLocation();
	const first = useRef(true);
	useEffect(() => {
		if (first.current) {
			first.current = false;
			return;
		}
		window.scrollTo(0, 0);
		main.current?.focus({ preventScroll: true });
	}, [location, main]);
}
