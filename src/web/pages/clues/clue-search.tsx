import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { clueSearchBody, type ClueSearchAnswer } from "#contract/clues-api.ts";
import { searchClues } from "../../api/police-api.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { ClueRow } from "./clue-row.tsx";

/** Clues about one plate. Why it is looked for is asked before, and written down. */
export function ClueSearch() {
	const { t } = useTranslation();
	const [plate, setPlate] = useState("");
	const [reason, setReason] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [found, setFound] = useState<ClueSearchAnswer | null>(null);
	const read = clueSearchBody.safeParse({ plate, reason });
	const wrong = new Set(read.success || !tried ? [] : read.error.issues.map(({ path }) => String(path[0])));

	async function search(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || !read.success) return;
		setBusy(true);
		setError(null);
		try {
			setFound(await searchClues(read.data));
			setTried(false);
		} catch (failure) {
			setError(failure);
		}
		setBusy(false);
	}

	return (
		<details className="card clue-search" data-testid="clue-search">
			<summary>
				<Icon name="search" size={16} /> {t("inbox.search")}
			</summary>
			<form noValidate onSubmit={(event) => void search(event)}>
				<Field label={t("review.plate")} error={wrong.has("plate") ? t("review.plateWrong") : null}>
					{(tied) => (
						<input
							{...tied}
							name="search-plate"
							maxLength={12}
							autoComplete="off"
							value={plate}
							onChange={({ target }) => setPlate(target.value)}
						/>
					)}
				</Field>
				<Field
					label={t("inbox.reason")}
					hint={t("inbox.reasonHint")}
					error={wrong.has("reason") ? t("inbox.errReason") : null}
				>
					{(tied) => (
						<input
							{...tied}
							name="search-reason"
							maxLength={200}
							autoComplete="off"
							value={reason}
							onChange={({ target }) => setReason(target.value)}
						/>
					)}
				</Field>
				<InlineError error={error} />
				<div className="buttons">
					<button type="submit" className="button primary" disabled={busy} data-testid="search-clues">
						{busy ? t("inbox.searching") : t("inbox.search")}
					</button>
				</div>
			</form>
			{found && (
				<div data-testid="clues-found" role="status">
					<p>{t("inbox.found", { plate: found.plate, count: found.transfers.length })}</p>
					{found.transfers.length > 0 && (
						<ul className="transfer-rows">
							{found.transfers.map((transfer) => (
								<li key={transfer.number} data-number={transfer.number}>
									<ClueRow transfer={transfer} />
								</li>
							))}
						</ul>
					)}
				</div>
			)}
		</details>
	);
}
