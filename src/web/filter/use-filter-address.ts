import { useCallback, useEffect, useMemo } from "react";
import { useSearchParams } from "wouter";
import { remember, remembered, type RememberedName } from "../remembered.ts";
import { occupancyCauses } from "#contract/messages/edge-to-server.ts";
import type { PlaceFilter } from "./lane-filter.ts";

export type FilterWords = Readonly<Record<string, string>>;

export const placeWords = ["district", "street", "site", "party", "class"] as const;

/** Of `names`, in their order, those that are said. */
export function wordsIn(query: URLSearchParams, names: readonly string[]): FilterWords {
	return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? ""]] : [])));
}

export function placeFilterOf(words: FilterWords): PlaceFilter {
	const { district = null, street = null, site = null, party = null } = words;
	return { district, street, site, party, cause: occupancyCauses.find((cause) => cause === words["class"]) ?? null };
}

export function wordsOfPlace({ cause, ...places }: PlaceFilter): FilterWords {
	const words = { ...places, class: cause };
	return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, value ?? ""]));
}

/** `q`, what is typed, is never remembered: tomorrow's wall must not lack lanes for a word of today. */
const passing = "q";

/**
 * A page's filter as it stands in the address; where that says nothing, as this browser remembers it. The words of `names`
 * alone are touched. `change` takes "" for "any"; `onlyThese` begins anew with the words given.
 */
export function useFilterAddress(names: readonly string[], rememberedAs: RememberedName) {
	const [query, setQuery] = useSearchParams();
	const said = new URLSearchParams(wordsIn(query, names)).toString();
	const inUse = said === "" ? (remembered(rememberedAs) ?? "") : said;
	const words = useMemo(() => wordsIn(new URLSearchParams(inUse), names), [inUse, names]);

	const put = useCallback(
		(next: FilterWords) =>
			setQuery(
				(before) => {
					const after = new URLSearchParams([...before].filter(([name]) => !names.includes(name)));
					for (const [name, value] of Object.entries(next)) after.set(name, value);
					return after;
				},
				{ replace: true },
			),
		[names, setQuery],
	);
	useEffect(() => {
		if (said === "" && Object.keys(words).length > 0) put(words);
	}, [said, words, put]);

	const onlyThese = useCallback(
		(next: FilterWords) => {
			const chosen = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ""));
			const kept = new URLSearchParams(chosen);
			kept.delete(passing);
			remember(rememberedAs, kept.toString());
			put(chosen);
		},
		[put, rememberedAs],
	);
	const change = useCallback((some: FilterWords) => onlyThese({ ...words, ...some }), [onlyThese, words]);
	return { words, change, onlyThese };
}
