/** What an alert counts as in figures. `false_alarm` and `exempt` are counted as such, and never as occupied time. */
export const judgements = ["counts", "false_alarm", "exempt"] as const;
export type Judgement = (typeof judgements)[number];

export interface JudgedFacts {
	/** A person called it a false alarm. */
	readonly falseAlarm: boolean;
	/** What the steps of its review say that hold; the later one decides. */
	readonly confirmation: string | null;
	readonly approval: string | null;
	/** A person said that it belongs there, or may stand there. */
	readonly exempt: boolean;
}

/** A review of two people stands above the one word on the alert. */
export function judgementOf({ falseAlarm, confirmation, approval, exempt }: JudgedFacts): Judgement {
	const reviewed = approval ?? confirmation;
	if (reviewed === "false_alarm") return "false_alarm";
	if (exempt) return "exempt";
	return falseAlarm && reviewed !== "true" ? "false_alarm" : "counts";
}
