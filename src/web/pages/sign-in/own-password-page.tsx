import { useTranslation } from "react-i18next";
import { SignOutButton } from "../../components/sign-out-button.tsx";
import { PasswordPanel } from "../account/password-panel.tsx";
import { SignInFrame } from "./sign-in-frame.tsx";
import "../account/account.css";
import "./sign-in.css";

/** In the place of every page, for who signed in with a password that an administrator made. */
export function OwnPasswordPage({ userName }: { readonly userName: string }) {
	const { t } = useTranslation();
	return (
		<SignInFrame title={t("ownPassword.title")} testId="own-password">
			<p className="sign-in-hint">{t("ownPassword.hint")}</p>
			<PasswordPanel userName={userName} />
			<SignOutButton withWords />
		</SignInFrame>
	);
}
