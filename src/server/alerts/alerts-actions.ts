import type { AlertAnswer } from "#contract/alerts-api.ts";
import { isForeignAlert } from "../import/imports-store.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Store } from "../store/open-store.ts";
import { findAlert } from "./alerts-store.ts";

/** What came in a package of another Keepclear is as it came. @throws ApiError 409 foreign */
export function refuseForeign(store: Store, alertId: string): void {
	if (isForeignAlert(store, alertId)) {
		throw new ApiError(409, "foreign", "This alert came from another Keepclear: nothing is added to it here.");
	}
}

export function requireAlert(store: Store, id: string): AlertAnswer {
	const alert = findAlert(store, id);
	if (!alert) throw notFound("alert");
	return alert;
}
