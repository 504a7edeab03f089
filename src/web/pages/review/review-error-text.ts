import type { TFunction } from "i18next";
import { stepRefusals } from "#core/review/next-step.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

/** Why a step was not taken: who was first, or what the rules say. */
export function reviewErrorText(t: TFunction<"page">, error: unknown): string {
	if (!(error instanceof ApiError)) return errorText(t, error);
	const { code, first, problems } = error;
	if (problems.some(({ path }) => path === "plate.text")) return t("review.plateWrong");
	if (code === "changed") return t("review.refused_changed");
	const refusal = stepRefusals.find((each) => each === code);
	if (!refusal) return errorText(t, error);
	if (first && refusal === "already_said") {
		return t("review.firstWas", { by: first.by, time: formatShort(first.at, currentLanguage()) });
	}
	return t(`review.refused_${refusal}`);
}
