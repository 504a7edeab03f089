import { useState } from "react";
import { useTranslation } from "react-i18next";
import { takeSession } from "../../account.ts";
import { loadFactor } from "../../api/factor-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { InlineError } from "../../components/inline-error.tsx";
import { SignOutButton } from "../../components/sign-out-button.tsx";
import { SignInFrame } from "../sign-in/sign-in-frame.tsx";
import { FactorSetUp } from "./factor-set-up.tsx";
import "../sign-in/sign-in.css";

/** In the place of every page, for whose role needs a second factor and who has none. */
export function FactorDuePage({ userName }: { readonly userName: string }) {
	const { t } = useTranslation();
	const { value, error } = useLoaded("factor", loadFactor);
	const [isSetUp, setIsSetUp] = useState(false);
	return (
		<SignInFrame title={t(isSetUp ? "factor.keepTitle" : "factor.dueTitle")} testId="factor-due">
			{value ? (
				<FactorSetUp
					asks={value.draftAsks}
					userName={userName}
					onStep={(step) => setIsSetUp(step === "keep")}
					onDone={takeSession}
				>
					<p className="sign-in-hint">{t("factor.dueHint")}</p>
					<p className="sign-in-hint">{t("factor.needApp")}</p>
				</FactorSetUp>
			) : error === null ? (
				<p className="loading">{t("app.loading")}</p>
			) : (
				<InlineError error={error} />
			)}
			{!isSetUp && (
				<div className="factor-out">
					<SignOutButton withWords />
				</div>
			)}
		</SignInFrame>
	);
}
