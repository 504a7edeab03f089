import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransfersQuery } from "#contract/transfers-api.ts";
import { packageUrl } from "../../api/clues-api.ts";
import { Icon } from "../../components/icon.tsx";
import { LoadMore } from "../../components/load-more.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { StateFilter, useStateFilter } from "../transfers/state-filter.tsx";
import { useTransferList } from "../transfers/use-transfer-list.ts";
import { byDeadline } from "./by-deadline.ts";
import { ClueRow } from "./clue-row.tsx";
import { ClueSearch } from "./clue-search.tsx";
import "../transfers/transfers.css";
import "./clues.css";

/** Clues come by the day, not by the second. */
const askEveryMs = 30_000;

/** The clues that were handed to one's authority, what is due first on top. */
export default function CluesPage() {
	const { t } = useTranslation();
	const state = useStateFilter();
	return (
		<div className="page" data-testid="clues-page">
			<div className="page-head">
				<h1>
					{t("inbox.page")} <span className="tag">{t("transfer.clue")}</span>
				</h1>
				<StateFilter wordOf={(each) => t(`inbox.state_${each}`)} />
			</div>
			<ClueSearch />
			<ClueList key={state} state={state} />
		</div>
	);
}

function ClueList({ state }: { readonly state: TransfersQuery["state"] }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, fetching, loadMore } = useTransferList(state);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	useEffect(() => {
		const timer = setInterval(reload, askEveryMs);
		return () => clearInterval(timer);
	}, [reload]);

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

/** One package after the other: each is a file of its own, with its own number and hash list. */
function download(numbers: ReadonlySet<string>): void {
	for (const number of numbers) {
		const link = document.createElement("a");
		link.href = packageUrl(number);
		link.download = `${number}.zip`;
		link.click();
	}
}
