import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import type { TransferAnswer, TransfersQuery } from "#contract/transfers-api.ts";
import { transferStates } from "#core/transfer/transfer-words.ts";
import { account, may } from "../../account.ts";
import { loadTransfers } from "../../api/clues-api.ts";
import { errorText } from "../../api/error-text.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { Receivers } from "./receivers.tsx";
import { TransferRowWords } from "./transfer-row-words.tsx";
import "../review/review.css";
import "./transfers.css";

const filters = ["all", "late", ...transferStates] as const;

/** Every clue that left, newest first; below, for the administrator, to whom clues can go. */
export default function TransfersPage() {
	const { t } = useTranslation();
	const mayAdminister = may(useObservable(account), "administer");
	const [query, setQuery] = useSearchParams();
	const state = filters.find((each) => each === query.get("state")) ?? "all";
	return (
		<div className="page" data-testid="transfers-page">
			<div className="page-head">
				<h1>
					{t("transfer.page")} <span className="tag">{t("transfer.clue")}</span>
				</h1>
				<div className="wall-states" role="group" aria-label={t("transfer.filter")}>
					{filters.map((each) => (
						<button
							key={each}
							type="button"
							className="chip"
							aria-pressed={each === state}
							onClick={() => setQuery(each === "all" ? {} : { state: each })}
						>
							{each === "all" || each === "late" ? t(`transfer.${each}`) : t(`transfer.state_${each}`)}
						</button>
					))}
				</div>
			</div>
			<TransferList key={state} state={state} />
			{mayAdminister && <Receivers />}
		</div>
	);
}

function TransferList({ state }: { readonly state: TransfersQuery["state"] }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded(`transfers ${state}`, (signal) =>
		loadTransfers({ state, before: undefined }, signal),
	);
	const [fetching, setFetching] = useState(false);
	useEffect(
		() => onChanges((changes) => (changes.length === 0 || changes.some(({ kind }) => kind === "alert")) && reload()),
		[reload],
	);

	async function loadMore() {
		const last = value?.transfers.at(-1);
		if (!value || !last || fetching) return;
		setFetching(true);
		try {
			const next = await loadTransfers({ state, before: last.at });
			put({ transfers: [...value.transfers, ...next.transfers], more: next.more });
		} catch (failure) {
			say(errorText(t, failure), "bad");
		} finally {
			setFetching(false);
		}
	}

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
