import { useTranslation } from "react-i18next";
import { SignInForm } from "./sign-in-form.tsx";
import { SignInFrame } from "./sign-in-frame.tsx";

export function SignInPage() {
	const { t } = useTranslation();
	return (
		<SignInFrame title={t("signIn.title")}>
			<SignInForm>
				<p className="sign-in-first">{t("signIn.firstTime")}</p>
			</SignInForm>
		</SignInFrame>
	);
}
