import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import type { TransferAnswer, TransfersQuery } from "#contract/transfers-api.ts";
import { transferStates } from "#core/transfer/transfer-words.ts";
import { loadTransfers, packageUrl } from "../../api/clues-api.ts";
import { errorText } from "../../api/error-text.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { TransferRowWords } from "../transfers/transfer-row-words.tsx";
import { byDeadline } from "./by-deadline.ts";
import { ClueSearch } from "./clue-search.tsx";
import "../transfers/transfers.css";
import "./clues.css";

const filters = ["all", "late", ...transferStates] as const;
/** Clues come by the day, not by the second. */
const askEveryMs = 30_000;

/** The clues that were handed to one's authority, what is due first on top. */
export default function CluesPage() {
	const { t } = useTranslation();
	const [query, setQuery] = useSearchParams();
	const state = filters.find((each) => each === query.get("state")) ?? "all";
	return (
		<div className="page" data-testid="clues-page">
			<div className="page-head">
				<h1>
					{t("inbox.page")} <span className="tag">{t("transfer.clue")}</span>
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
							{each === "all" || each === "late" ? t(`transfer.${each}`) : t(`inbox.state_${each}`)}
						</button>
					))}
				</div>
			</div>
			<ClueSearch />
			<ClueList key={state} state={state} />
		</div>
	);
}

function ClueList({ state }: { readonly state: TransfersQuery["state"] }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded(`clues ${state}`, (signal) =>
		loadTransfers({ state, before: undefined }, signal),
	);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const [fetching, setFetching] = useState(false);
	useEffect(() => {
		const timer = setInterval(reload, askEveryMs);
		return () => clearInterval(timer);
	}, [reload]);

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
	if (!value) return <Failure title={t("inbox.page")} error={error} onRetry={reload} />;
	if (value.transfers.length === 0) {
		return (
			<Message
				icon="out"
				title={t(state === "all" ? "inbox.none" : "transfer.noneFiltered")}
				{...(state === "all" ? { hint: t("inbox.noneHint") } : {})}
			/>
		);
	}
	const toggle = (number: string) =>
		setChosen((before) => {
			const next = new Set(before);
			if (!next.delete(number)) next.add(number);
			return next;
		});
	return (
		<>
			<ul className="transfer-rows card" data-testid="clue-rows">
				{byDeadline(value.transfers).map((transfer) => (
					<li key={transfer.number} className="clue-row" data-testid="clue-row" data-number={transfer.number}>
						<label className="clue-check">
							<input
								type="checkbox"
								checked={chosen.has(transfer.number)}
								disabled={transfer.isDeleted}
								onChange={() => toggle(transfer.number)}
								aria-label={t("inbox.choose", { number: transfer.number })}
							/>
						</label>
						<ClueRow transfer={transfer} />
					</li>
				))}
			</ul>
			{chosen.size > 0 && (
				<div className="buttons" role="group" aria-label={t("inbox.exportChosen", { count: chosen.size })}>
					<button type="button" className="button primary" data-testid="export-chosen" onClick={() => download(chosen)}>
						<Icon name="download" />
						{t("inbox.exportChosen", { count: chosen.size })}
					</button>
					<button type="button" className="button" onClick={() => setChosen(new Set())}>
						{t("inbox.chooseNone")}
					</button>
				</div>
			)}
			{value.more && <LoadMore fetching={fetching} onMore={() => void loadMore()} />}
		</>
	);
}

export function ClueRow({ transfer }: { readonly transfer: TransferAnswer }) {
	return (
		<Link href={`/clues/${transfer.number}`}>
			<TransferRowWords transfer={transfer} asReceiver />
		</Link>
	);
}

/** One package after the other: each is a file of its own, with its own number and hash list. */
function download(numbers: ReadonlySet<string>): void {
	for (const number of numbers) {
		const link = document.createElement("a");
		link.href = packageUrl(number);
		link.download = `${number}.zip`;
		link.click();
	}
}
