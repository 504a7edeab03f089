import { useState } from "react";
import type { CallSitesAnswer } from "#contract/drill-packs-api.ts";
import { isFound } from "#core/drill/find-site.ts";
import { loadCallSites } from "../../api/station-api.ts";
import { type Loaded, useLoaded } from "../../api/use-loaded.ts";

type Site = CallSitesAnswer["sites"][number];

/** The sites of whoever asks, and those that what was typed fits. */
export function useSites(): {
	readonly loaded: Loaded<CallSitesAnswer>;
	readonly typed: string;
	readonly type: (typed: string) => void;
	readonly found: readonly Site[];
} {
	const loaded = useLoaded("call sites", loadCallSites);
	const [typed, type] = useState("");
	const found = (loaded.value?.sites ?? []).filter(({ name, address, street, siteId }) =>
		isFound(typed, [name, address, street ?? "", siteId]),
	);
	return { loaded, typed, type, found };
}
