import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { type Account, signOut } from "../account.ts";
import { errorText } from "../api/error-text.ts";
import { useAlertAttention, useLiveConnection } from "../live/use-live.ts";
import { live } from "../live/live-store.ts";
import { openCount } from "../live/wall-picture.ts";
import { useObservable } from "../observable.ts";
import { Brand } from "./brand.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { LostBanner, LiveSign } from "./liveness.tsx";
import { Notices, say } from "./notices.tsx";
import { LanguageButton, SoundButton, ThemeButton } from "./preferences.tsx";

const pages = [
	{ path: "/", icon: "grid", word: "wall" },
	{ path: "/alerts", icon: "bell", word: "alerts" },
	{ path: "/transfers", icon: "out", word: "transfers" },
	{ path: "/history", icon: "chart", word: "history" },
	{ path: "/cameras", icon: "camera", word: "cameras" },
	{ path: "/edges", icon: "edge", word: "edges" },
	{ path: "/policy", icon: "clock", word: "policy" },
] as const satisfies readonly { path: string; icon: IconName; word: string }[];

interface ShellProps {
	readonly who: Extract<Account, { state: "signed_in" }>;
	readonly children: ReactNode;
}

/** What stands around every page: navigation, whether it is live, sound; and the connection that keeps it live. */
export function Shell({ who, children }: ShellProps) {
	const { t } = useTranslation();
	const main = useRef<HTMLElement>(null);
	useLiveConnection(!who.expired);
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
				<Link href="/" className="top-brand" aria-label={t("app.title")}>
					<Brand />
				</Link>
				<Navigation />
				<div className="top-tools">
					<LiveSign />
					<SoundButton />
					<LanguageButton />
					<ThemeButton />
					<UserMenu name={who.user.name} />
				</div>
			</header>
			<LostBanner />
			<main id="main" ref={main} tabIndex={-1}>
				{children}
			</main>
			<Notices />
		</div>
	);
}

function Navigation() {
	const { t } = useTranslation();
	const [location] = useLocation();
	const open = useObservable(live, ({ picture }) => (picture ? openCount(picture) : 0));
	return (
		<nav className="top-nav" aria-label={t("app.menu")}>
			{pages.map(({ path, icon, word }) => {
				const here = path === "/" ? location === "/" : location.startsWith(path);
				return (
					<Link key={path} href={path} className="nav-link" aria-current={here ? "page" : undefined}>
						<Icon name={icon} />
						<span>{t(`app.${word}`)}</span>
						{word === "alerts" && open > 0 && <span className="count">{open}</span>}
					</Link>
				);
			})}
		</nav>
	);
}

function UserMenu({ name }: { readonly name: string }) {
	const { t } = useTranslation();
	return (
		<div className="user">
			<span className="user-name" title={t("app.signedInAs", { name })}>
				<Icon name="person" />
				<span>{name}</span>
			</span>
			<button
				type="button"
				className="button quiet square"
				aria-label={t("app.signOut")}
				title={t("app.signOut")}
				data-testid="sign-out"
				onClick={() => void signOut().catch((error: unknown) => say(errorText(t, error), "bad"))}
			>
				<Icon name="out" />
			</button>
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
