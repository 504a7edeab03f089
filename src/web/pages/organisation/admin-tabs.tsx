import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { account, may } from "../../account.ts";
import { useObservable } from "../../observable.ts";

/** Organisation and users, side by side. */
export function AdminTabs() {
	const { t } = useTranslation();
	const [location] = useLocation();
	if (!may(useObservable(account), "administer")) return null;
	const tabs = [
		["/organisation", t("app.organisation")],
		["/users", t("users.page")],
	] as const;
	return (
		<nav className="wall-states admin-tabs" aria-label={t("organisation.tabs")}>
			{tabs.map(([path, word]) => (
				<Link key={path} href={path} className="chip" aria-current={location === path ? "page" : undefined}>
					{word}
				</Link>
			))}
		</nav>
	);
}
