import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { account, may } from "../../account.ts";
import { Message } from "../../components/message.tsx";
import { useObservable } from "../../observable.ts";
import { SiteSearch } from "../station/site-search.tsx";

/** The address of a call. */
export default function CallSearchPage() {
	const { t } = useTranslation();
	if (!may(useObservable(account), "drill")) return <Message icon="warning" title={t("error.forbidden")} />;
	return (
		<div className="page">
			<div className="page-head">
				<h1>{t("call.title")}</h1>
			</div>
			<SiteSearch autoFocus>
				{({ siteId }) => (
					<Link href={`/call/${siteId}`} className="button primary" data-testid="to-call">
						{t("app.call")}
					</Link>
				)}
			</SiteSearch>
		</div>
	);
}
