import type { HandlingSummary } from "#contract/handling-api.ts";

/** Of an alert that nobody has touched. */
export const quietHandling = (alertId: string, at: number, more: Partial<HandlingSummary> = {}): HandlingSummary => ({
	...{ caseId: alertId, alertIds: [alertId], state: "raised", since: at, startedAt: at, position: 0, level: null },
	...{ who: null, toUserId: null, dispatchNote: null, timers: [], relapses: 0, spotAlerts: 1, needsPolice: false },
	...more,
});
