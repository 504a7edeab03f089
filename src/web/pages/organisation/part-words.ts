import type { TFunction } from "i18next";
import { ApiError } from "../../api/http.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

type T = TFunction<"page">;

/** What is wrong with the field of this path, in words; null: nothing that is known of. */
export function fieldError(t: T, error: unknown, path: string): string | null {
	if (!(error instanceof ApiError)) return null;
	const problem = error.problems.find((one) => one.path === path || one.path.endsWith(`.${path}`));
	if (!problem || error.httpStatus !== 400) return null;
	const { message } = problem;
	if (message === "name_taken") return t("organisation.nameTaken");
	if (message.startsWith("must be seen")) return t("organisation.nameNotAllowed");
	if (message.endsWith("is closed")) return t("organisation.partClosed");
	if (path === "sectorIds") return t("organisation.noSectorRight");
	return t("organisation.fieldWrong", { message });
}

/** Whether the error stands at one of the fields already. */
export const isAtField = (error: unknown, paths: readonly string[]): boolean =>
	error instanceof ApiError &&
	error.httpStatus === 400 &&
	error.problems.length > 0 &&
	error.problems.every(({ path }) => paths.some((field) => path === field || path.endsWith(`.${field}`)));

/** What others did meanwhile, or what stands in the way; null: another error. */
export function conflictText(t: T, error: unknown, nameNow: string | undefined): string | null {
	if (!(error instanceof ApiError) || error.httpStatus !== 409) return null;
	if (error.code === "still_in_use") {
		return t("organisation.stillInUse", { names: error.problems.map(({ message }) => message).join("、") });
	}
	const [last] = error.meanwhile;
	if (!last || nameNow === undefined) return t("organisation.overtakenUnknown");
	const time = formatShort(last.at, currentLanguage());
	return t("organisation.overtaken", { by: last.by, time, name: nameNow });
}
