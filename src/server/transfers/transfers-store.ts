import type { Store } from "../store/open-store.ts";

/** Whether it is with an authority that has not returned it. */
export const isOutAtAuthority = (store: Store, alertId: string): boolean =>
	store.prepare("SELECT 1 FROM transfers WHERE alert_id = ? AND state <> 'returned' LIMIT 1").get(alertId) !==
	undefined;
