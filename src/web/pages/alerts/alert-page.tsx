import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon } from "../../components/icon.tsx";
import AlertDetail from "./alert-detail.tsx";

/** An alert with its own address, to be sent to somebody else. */
export default function AlertPage({ id }: { readonly id: string }) {
	const { t } = useTranslation();
	return (
		<div className="page page-narrow">
			<Link href="/alerts" className="back-link">
				<Icon name="back" size={16} />
				{t("alert.history")}
			</Link>
			<h1>{t("alert.page")}</h1>
			<AlertDetail id={id} />
		</div>
	);
}
