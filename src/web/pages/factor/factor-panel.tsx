import { useState } from "react";
import { useTranslation } from "react-i18next";
import { loadFactor } from "../../api/factor-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";
import { RemoveFactorDialog, RenewCodesDialog, SetUpFactorDialog } from "./factor-dialogs.tsx";

const fewCodes = 3;

/** One's own second factor, on the page of the own account. */
export function FactorPanel({ userName }: { readonly userName: string }) {
	const { t } = useTranslation();
	const { value, error, loading, reload } = useLoaded("factor", loadFactor);
	const [asked, setAsked] = useState<"setUp" | "renew" | "remove" | null>(null);
	if (value?.mode === "off") return null;
	const close = () => {
		setAsked(null);
		reload();
	};

	return (
		<section className="card account-card" aria-labelledby="account-factor" data-testid="factor-panel">
			<div className="account-card-head">
				<div>
					<h2 id="account-factor">{t("factor.name")}</h2>
					<p className="soft">{t("factor.hint")}</p>
				</div>
				{value?.since === null && (
					<button
						type="button"
						className="button primary"
						data-testid="factor-set-up"
						onClick={() => setAsked("setUp")}
					>
						{t("factor.setUp")}
					</button>
				)}
			</div>
			{loading && <p className="loading">{t("app.loading")}</p>}
			{!value && !loading && <Failure title={t("factor.name")} error={error} onRetry={reload} />}
			{value && value.since !== null && (
				<>
					<dl className="facts">
						<div>
							<dt>{t("factor.since")}</dt>
							<dd className="digits">{formatShort(value.since, currentLanguage())}</dd>
						</div>
						<div>
							<dt>{t("factor.codesLeft")}</dt>
							<dd className="digits" data-testid="codes-left">
								{value.recoveryCodesLeft}
							</dd>
						</div>
					</dl>
					{value.recoveryCodesLeft < fewCodes && (
						<p className="inline-note">
							<Icon name="warning" />
							{t("factor.fewCodes")}
						</p>
					)}
					<div className="buttons">
						<button type="button" className="button" data-testid="factor-replace" onClick={() => setAsked("setUp")}>
							{t("factor.replace")}
						</button>
						<button type="button" className="button" data-testid="factor-renew" onClick={() => setAsked("renew")}>
							{t("factor.renew")}
						</button>
						{value.mode === "required" ? (
							<span className="soft">{t("factor.required")}</span>
						) : (
							<button
								type="button"
								className="button danger"
								data-testid="factor-remove"
								onClick={() => setAsked("remove")}
							>
								{t("factor.remove")}
							</button>
						)}
					</div>
				</>
			)}
			{value && asked === "setUp" && <SetUpFactorDialog asks={value.draftAsks} userName={userName} onClose={close} />}
			{asked === "renew" && <RenewCodesDialog userName={userName} onClose={close} />}
			{asked === "remove" && <RemoveFactorDialog onClose={close} />}
		</section>
	);
}
