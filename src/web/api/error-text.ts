import type { TFunction } from "i18next";
import { ApiError } from "./http.ts";

/** What a person reads when a request failed. */
export function errorText(t: TFunction<"page">, error: unknown): string {
	if (!(error instanceof ApiError)) return t("error.server");
	switch (error.code) {
		case "offline":
			return t("error.offline");
		case "timeout":
			return t("error.timeout");
		case "bad_answer":
			return t("error.bad_answer");
	}
	switch (error.httpStatus) {
		case 400:
		case 422:
			return [t("error.bad_input"), ...error.problems.map(({ path, message }) => `${path}: ${message}`)].join(" ");
		case 401:
			return t("error.not_signed_in");
		case 403:
			return t("error.forbidden");
		case 404:
		case 410:
			return t("error.not_found");
		case 409:
			return t("error.conflict");
		case 429:
			return t("error.throttled", { seconds: error.retryAfterS ?? 60 });
		default:
			return t("error.server");
	}
}
