import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "../../components/brand.tsx";
import { LanguageButton, ThemeButton } from "../../components/preferences.tsx";
import { SignOutButton } from "../../components/sign-out-button.tsx";
import { PasswordPanel } from "../account/password-panel.tsx";
import "../account/account.css";
import "./sign-in.css";

/** In the place of every page, for who signed in with a password that an administrator made. */
export function OwnPasswordPage({ userName }: { readonly userName: string }) {
	const { t } = useTranslation();
	useEffect(() => {
		document.title = `${t("ownPassword.title")} · ${t("app.title")}`;
	}, [t]);
	return (
		<div className="sign-in-page">
			<div className="sign-in-corner">
				<LanguageButton />
				<ThemeButton />
			</div>
			<main className="sign-in-card" data-testid="own-password">
				<Brand large />
				<h1>{t("ownPassword.title")}</h1>
				<p className="sign-in-hint">{t("ownPassword.hint")}</p>
				<PasswordPanel userName={userName} />
				<SignOutButton withWords />
			</main>
		</div>
	);
}
