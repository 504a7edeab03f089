import type { Dictionary } from "./dictionary.ts";
import { enPlan } from "./plan.en.ts";
import { enSiteCard } from "./site-card.en.ts";
import { enStation } from "./station.en.ts";

/** Of sites: their plans and cards, and what a fire station reads of them. */
export const enSites: Pick<Dictionary, "plan" | "siteCard" | "station" | "call" | "pack" | "drill"> = {
	...enPlan,
	...enSiteCard,
	...enStation,
};
