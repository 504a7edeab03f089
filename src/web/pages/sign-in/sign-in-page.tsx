import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "../../components/brand.tsx";
import { LanguageButton, ThemeButton } from "../../components/preferences.tsx";
import { SignInForm } from "./sign-in-form.tsx";

export function SignInPage() {
	const { t } = useTranslation();
	useEffect(() => {
		document.title = `${t("signIn.title")} · ${t("app.title")}`;
	}, [t]);
	return (
		<div className="sign-in-page">
			<div className="sign-in-corner">
				<LanguageButton />
				<ThemeButton />
			</div>
			<main className="sign-in-card">
				<Brand large />
				<h1>{t("signIn.title")}</h1>
				<SignInForm />
				<p className="sign-in-first">{t("signIn.firstTime")}</p>
			</main>
		</div>
	);
}
