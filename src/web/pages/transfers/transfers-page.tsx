import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { TransferAnswer, TransfersQuery } from "#contract/transfers-api.ts";
import { account, may } from "../../account.ts";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { Receivers } from "./receivers.tsx";
import { StateFilter, useStateFilter } from "./state-filter.tsx";
import { TransferRowWords } from "./transfer-row-words.tsx";
import { useTransferList } from "./use-transfer-list.ts";
import "../review/review.css";
import "./transfers.css";

/** Every clue that left, newest first; below, for the administrator, to whom clues can go. */
export default function TransfersPage() {
	const { t } = useTranslation();
	const mayAdminister = may(useObservable(account), "administer");
	const state = useStateFilter();
	return (
		<div className="page" data-testid="transfers-page">
			<div className="page-head">
				<h1>
					{t("transfer.page")} <span className="tag">{t("transfer.clue")}</span>
				</h1>
				<StateFilter wordOf={(each) => t(`transfer.state_${each}`)} />
			</div>
			<TransferList key={state} state={state} />
			{mayAdminister && <Receivers />}
		</div>
	);
}

function TransferList({ state }: { readonly state: TransfersQuery["state"] }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, fetching, loadMore } = useTransferList(state);
	useEffect(
		() => onChanges((changes) => (changes.length === 0 || changes.some(({ kind }) => kind === "alert")) && reload()),
		[reload],
	);

	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (!value) return <Failure title={t("transfer.page")} error={error} onRetry={reload} />;
	if (value.transfers.length === 0) {
		return (
			<Message
				icon="out"
				title={t(state === "all" ? "transfer.none" : "transfer.noneFiltered")}
				{...(state === "all" ? { hint: t("transfer.noneHint") } : {})}
			/>
		);
	}
	return (
		<>
			<ul className="transfer-rows card" data-testid="transfer-rows">
				{value.transfers.map((transfer) => (
					<TransferRow key={transfer.number} transfer={transfer} />
				))}
			</ul>
			{value.more && <LoadMore fetching={fetching} onMore={() => void loadMore()} />}
		</>
	);
}

function TransferRow({ transfer }: { readonly transfer: TransferAnswer }) {
	return (
		<li data-testid="transfer-row" data-number={transfer.number}>
			<Link href={`/alerts/${transfer.alertId}`}>
				<TransferRowWords transfer={transfer} />
			</Link>
		</li>
	);
}
