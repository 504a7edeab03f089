import { type Dispatch, useEffect } from "react";
import { useNewest } from "../../use-newest.ts";
import type { EditorAction } from "./zone-editor.ts";

interface EditorKeys {
	readonly dispatch: Dispatch<EditorAction>;
	readonly onFinish: () => void;
	readonly drawing: boolean;
}

/** Keys that hold wherever the focus is, save in a field that has its own undo. */
export function useEditorKeys(keys: EditorKeys): void {
	const newest = useNewest(keys);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			const { dispatch, onFinish, drawing } = newest.current;
			const inField = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
			if (inField || document.querySelector("dialog[open]")) return;
			const control = event.ctrlKey || event.metaKey;
			const key = event.key.toLowerCase();
			if (control && key === "z") dispatch({ do: event.shiftKey ? "redo" : "undo" });
			else if (control && key === "y") dispatch({ do: "redo" });
			else if (key === "escape") dispatch({ do: "cancel" });
			else if (key === "enter" && drawing && !(event.target instanceof HTMLButtonElement)) onFinish();
			else return;
			event.preventDefault();
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	}, [newest]);
}
