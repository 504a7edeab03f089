import type { Dictionary } from "./dictionary.ts";

export const enSeen: Pick<Dictionary, "seen" | "whatIf"> = {
	seen: {
		show: "Show what is recognised, live",
		waiting: "Waiting for the edge worker's picture…",
		late: "No new picture for {{seconds}} s",
		at: "Picture of {{clock}}",
		detection: "{{label}} {{percent}}%",
		stands: "#{{id}} stands {{dwell}}",
		goods: "Goods {{dwell}}",
		lane: "{{zone}}: {{state}}",
		count: "Recognised: {{count}}",
	},
	whatIf: {
		ask: "Try it on the last hour",
		asking: "Trying…",
		answer_one: "Under this policy the last {{span}} would have raised {{count}} alert",
		answer_other: "Under this policy the last {{span}} would have raised {{count}} alerts",
		now: "Under the policy in effect: {{count}}",
		rowNow: "Now",
		rowSupposed: "Tried",
		none: "The edge worker has no record of this zone yet; it begins anew with a restart.",
		silent: "The edge worker does not answer. Try again later.",
		unsaved: "Save the zone first.",
		picture: "Stays and alerts of the last {{span}}: {{now}} now, {{supposed}} tried",
		legend: "Grey: something stands. Red: occupied. Line: the alert.",
	},
};
