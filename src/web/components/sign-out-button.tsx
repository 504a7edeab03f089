import { useTranslation } from "react-i18next";
import { signOut } from "../account.ts";
import { errorText } from "../api/error-text.ts";
import { Icon } from "./icon.tsx";
import { say } from "./notices.tsx";

export function SignOutButton({ withWords = false }: { readonly withWords?: boolean }) {
	const { t } = useTranslation();
	return (
		<button
			type="button"
			className={withWords ? "button" : "button quiet square"}
			aria-label={t("app.signOut")}
			title={t("app.signOut")}
			data-testid={withWords ? "sign-out-here" : "sign-out"}
			onClick={() => void signOut().catch((error: unknown) => say(errorText(t, error), "bad"))}
		>
			<Icon name="out" />
			{withWords && t("app.signOut")}
		</button>
	);
}
