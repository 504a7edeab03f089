import { zhPlan } from "./plan.zh-CN.ts";
import { zhSiteCard } from "./site-card.zh-CN.ts";
import { zhStation } from "./station.zh-CN.ts";

/** Of sites: their plans and cards, and what a fire station reads of them. */
export const zhSites = { ...zhPlan, ...zhSiteCard, ...zhStation };
