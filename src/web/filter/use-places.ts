import { useEffect, useMemo } from "react";
import { loadOrganisation } from "../api/organisation-api.ts";
import { useLoaded } from "../api/use-loaded.ts";
import { onChanges } from "../live/live-store.ts";
import { placesOf, type Places } from "./lane-filter.ts";

/** Asked once, after the wall is there; null until then, and where it fails: then nothing is filtered by place. */
export function usePlaces(): Places | null {
	const { value, reload } = useLoaded("places", loadOrganisation);
	useEffect(() => onChanges((changes) => changes.length === 0 && reload()), [reload]);
	return useMemo(() => (value ? placesOf(value) : null), [value]);
}
