import type { Dictionary } from "./dictionary.ts";

export const enHandover: Pick<Dictionary, "handover"> = {
	handover: {
		page: "Shift handover",
		give: "Hand over",
		giveHint: "What is open ({{count}}) goes to whoever takes over, who signs with their own account.",
		note: "Note for the next shift",
		giveAction: "Hand over",
		waiting: "Waiting to be taken over",
		from: "Handed over by {{by}}, {{time}}",
		ownHint: "Whoever takes over signs in with their own account and takes it.",
		takeHint: "Once you sign, what is open below is yours.",
		take: "Sign and take over",
		withdraw: "Withdraw",
		withdrawn: "withdrawn",
		open: "Open ({{count}})",
		nothingOpen: "Nothing is open.",
		past: "Past handovers",
		none: "None yet.",
		fromTo: "{{by}} → {{to}}",
		items: "{{count}} open then",
		somebodyFirst: "{{by}} was first; the list is up to date, and what you typed is still here.",
	},
};
