import { useTranslation } from "react-i18next";

interface LoadMoreProps {
	/** More of the list is being fetched. */
	readonly fetching: boolean;
	readonly onMore: () => void;
}

/** Below a list of which the server has more. */
export function LoadMore({ fetching, onMore }: LoadMoreProps) {
	const { t } = useTranslation();
	return (
		<p className="more">
			<button type="button" className="button" disabled={fetching} onClick={onMore}>
				{fetching ? t("app.loading") : t("common.more")}
			</button>
		</p>
	);
}
