import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { account } from "../../account.ts";
import { Icon } from "../../components/icon.tsx";
import { SignOutButton } from "../../components/sign-out-button.tsx";
import { useObservable } from "../../observable.ts";
import { PushSwitch } from "../../push/push-switch.tsx";
import { FactorPanel } from "../factor/factor-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import "./account.css";

/** Of whoever is signed in: where else, and how. */
export default function AccountPage() {
	const { t } = useTranslation();
	const who = useObservable(account);
	if (who.state !== "signed_in") return null;
	const { name, role } = who.user;
	return (
		<div className="page account-page" data-testid="account-page">
			<div className="page-head">
				<div>
					<h1>{t("account.title")}</h1>
					<p>
						{name} · {t(`roles.role_${role}`)}
					</p>
				</div>
				<div className="buttons">
					<Link className="button" href="/roles">
						<Icon name="person" />
						{t("account.rights")}
					</Link>
					<SignOutButton withWords />
				</div>
			</div>
			{who.isScreen ? (
				<p className="inline-note" data-testid="screen-note">
					<Icon name="full" />
					{t("account.screenNote")}
				</p>
			) : (
				<>
					<PushSwitch userId={who.user.id} />
					<SessionsPanel />
					<FactorPanel userName={name} />
					<PasswordPanel userName={name} />
				</>
			)}
		</div>
	);
}
