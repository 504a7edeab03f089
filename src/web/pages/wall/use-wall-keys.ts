import { useEffect } from "react";
import { useNewest } from "../../use-newest.ts";

interface WallKeys {
	readonly onHelp: () => void;
	readonly onSearch: () => void;
	/** The video of the chosen lane's camera. */
	readonly onLive: () => void;
	readonly onFull: () => void;
	readonly onMap: () => void;
}

/** Single letters work while nothing is being typed and no window is open. */
export function useWallKeys(keys: WallKeys): void {
	const newest = useNewest(keys);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
			if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
			const { onHelp, onSearch, onLive, onFull, onMap } = newest.current;
			const action = { "?": onHelp, "/": onSearch, v: onLive, V: onLive, w: onFull, W: onFull, m: onMap, M: onMap }[
				event.key
			];
			if (!action) return;
			event.preventDefault();
			action();
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	}, [newest]);
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
