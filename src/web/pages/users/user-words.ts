import type { TFunction } from "i18next";
import { ApiError } from "../../api/http.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

/** What stands in the way of a change of a user; null: another error. */
export function userConflict(t: TFunction<"page">, error: unknown, name: string): string | null {
	if (!(error instanceof ApiError) || error.httpStatus !== 409) return null;
	if (error.code === "last_administrator") return t("users.lastAdministrator", { name });
	if (error.code === "own_account") return t("users.ownHint");
	const [last] = error.meanwhile;
	if (!last) return t("error.conflict");
	return t("users.overtaken", { by: last.by, time: formatShort(last.at, currentLanguage()) });
}
