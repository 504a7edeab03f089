import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { TransfersQuery } from "#contract/transfers-api.ts";
import { type TransferState, transferStates } from "#core/transfer/transfer-words.ts";

const filters = ["all", "late", ...transferStates] as const;

/** Which transfers are shown: kept in the address. */
export function useStateFilter(): TransfersQuery["state"] {
	const [query] = useSearchParams();
	return filters.find((each) => each === query.get("state")) ?? "all";
}

/** @param wordOf the side that looks has its own words for where a transfer stands */
export function StateFilter({ wordOf }: { readonly wordOf: (state: TransferState) => string }) {
	const { t } = useTranslation();
	const [, setQuery] = useSearchParams();
	const state = useStateFilter();
	return (
		<div className="wall-states" role="group" aria-label={t("transfer.filter")}>
			{filters.map((each) => (
				<button
					key={each}
					type="button"
					className="chip"
					aria-pressed={each === state}
					onClick={() => setQuery(each === "all" ? {} : { state: each })}
				>
					{each === "all" || each === "late" ? t(`transfer.${each}`) : wordOf(each)}
				</button>
			))}
		</div>
	);
}
