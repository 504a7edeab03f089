import { useState } from "react";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandlingKind } from "#core/handling/handling-words.ts";
import type { AskedKind } from "./ask-dialog.tsx";
import { useHandling } from "./use-handling.ts";

const alwaysAsked: readonly HandlingKind[] = ["dispatched", "false_alarm", "exempt", "hazard", "note", "reopened"];

/** Does at once what needs no words, and asks for the rest. */
export function useHandlingStart(alert: AlertAnswer) {
	const { busy, problem, add } = useHandling();
	const [asked, setAsked] = useState<AskedKind | null>(null);
	return {
		busy,
		problem,
		asked,
		close: () => setAsked(null),
		start: (kind: HandlingKind, needsNote: boolean) => {
			if (needsNote || alwaysAsked.includes(kind)) setAsked(kind as AskedKind);
			else void add(alert, { kind });
		},
		undo: (position: number) => add(alert, { kind: "taken_back", undoes: position }),
	};
}
