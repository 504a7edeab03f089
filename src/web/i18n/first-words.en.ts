import type { FirstWords } from "./dictionary.ts";
import { enAccount } from "./account.en.ts";
import { enAlerts } from "./alerts.en.ts";
import { enApp } from "./app.en.ts";
import { enHandling } from "./handling.en.ts";
import { enHandover } from "./handover.en.ts";
import { enJudgements } from "./judgements.en.ts";
import { enPlan } from "./plan.en.ts";
import { enRoles } from "./roles.en.ts";
import { enWall } from "./wall.en.ts";
import { enPermits } from "./permits.en.ts";
import { enFilter } from "./filter.en.ts";

/** As first-words.zh-CN.ts. */
export const enFirst: FirstWords = {
	...enApp,
	...enWall,
	...enAlerts,
	...enRoles,
	...enAccount,
	...enJudgements,
	...enPlan,
	...enHandling,
	...enHandover,
	...enPermits,
	...enFilter,
};
