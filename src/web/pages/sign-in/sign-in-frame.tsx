import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "../../components/brand.tsx";
import { LanguageButton, ThemeButton } from "../../components/preferences.tsx";

interface SignInFrameProps {
	readonly title: string;
	readonly testId?: string;
	readonly children: ReactNode;
}

/** A page of its own, without the shell: nobody is in yet. */
export function SignInFrame({ title, testId, children }: SignInFrameProps) {
	const { t } = useTranslation();
	useEffect(() => {
		document.title = `${title} · ${t("app.title")}`;
	}, [t, title]);
	return (
		<div className="sign-in-page">
			<div className="sign-in-corner">
				<LanguageButton />
				<ThemeButton />
			</div>
			<main className="sign-in-card" data-testid={testId}>
				<Brand large />
				<h1>{title}</h1>
				{children}
			</main>
		</div>
	);
}
