import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TransfersQuery } from "#contract/transfers-api.ts";
import { loadTransfers } from "../../api/clues-api.ts";
import { errorText } from "../../api/error-text.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { say } from "../../components/notices.tsx";

/** Transfers in one state, newest first, and the next page of them. */
export function useTransferList(state: TransfersQuery["state"]) {
	const { t } = useTranslation();
	const loaded = useLoaded(`transfers ${state}`, (signal) => loadTransfers({ state, before: undefined }, signal));
	const [fetching, setFetching] = useState(false);
	const { value, put } = loaded;

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
	return { ...loaded, fetching, loadMore };
}
