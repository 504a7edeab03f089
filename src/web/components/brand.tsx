import { useTranslation } from "react-i18next";

export function Brand({ large = false }: { readonly large?: boolean }) {
	const { t } = useTranslation();
	return (
		<span className={large ? "brand brand-large" : "brand"}>
			<img src="/favicon.svg" alt="" width={large ? 44 : 28} height={large ? 44 : 28} />
			<span className="brand-words">
				<strong>{t("app.name")}</strong>
				<span>{t("app.tagline")}</span>
			</span>
		</span>
	);
}
