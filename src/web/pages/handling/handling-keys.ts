import { useEffect } from "react";
import type { HandlingKind } from "#core/handling/handling-words.ts";
import { useNewest } from "../../use-newest.ts";

/** One key for each action; shown on its button and in the list of keys. */
export const handlingKeys = {
	acknowledged: "A",
	dispatched: "D",
	false_alarm: "F",
	exempt: "E",
	hazard: "H",
	note: "N",
	closed: "C",
	reopened: "R",
	taken_back: "Z",
} as const satisfies Partial<Record<HandlingKind, string>>;
export type KeyedKind = keyof typeof handlingKeys;

export const keyedKinds = Object.keys(handlingKeys) as readonly KeyedKind[];

const kindOf = (key: string): KeyedKind | null =>
	keyedKinds.find((kind) => handlingKeys[kind] === key.toUpperCase()) ?? null;

/** Keys work while nothing is typed and no window asks for something; the drawer beside the wall does not count as one. */
export function useHandlingKeys(onKind: (kind: KeyedKind) => boolean): void {
	const newest = useNewest(onKind);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
			if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]"))
				return;
			if (document.querySelector("dialog[open]:not(.dialog-drawer)")) return;
			const kind = kindOf(event.key);
			if (kind !== null && newest.current(kind)) event.preventDefault();
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	}, [newest]);
}
