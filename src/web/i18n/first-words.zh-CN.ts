import { zhAccount } from "./account.zh-CN.ts";
import { zhAlerts } from "./alerts.zh-CN.ts";
import { zhApp } from "./app.zh-CN.ts";
import { zhHandling } from "./handling.zh-CN.ts";
import { zhHandover } from "./handover.zh-CN.ts";
import { zhJudgements } from "./judgements.zh-CN.ts";
import { zhPlan } from "./plan.zh-CN.ts";
import { zhRoles } from "./roles.zh-CN.ts";
import { zhWall } from "./wall.zh-CN.ts";
import { zhPermits } from "./permits.zh-CN.ts";
import { zhFilter } from "./filter.zh-CN.ts";

/** What the wall and the frame of every page say: it comes with the first load. */
export const zhFirst = {
	...zhApp,
	...zhWall,
	...zhAlerts,
	...zhRoles,
	...zhAccount,
	...zhJudgements,
	...zhPlan,
	...zhHandling,
	...zhHandover,
	...zhPermits,
	...zhFilter,
};
