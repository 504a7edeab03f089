import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactorDraft, FactorSetUp } from "#contract/factor-api.ts";
import { readSecondStep } from "#core/accounts/second-factor.ts";
import { inGroups } from "#core/in-groups.ts";
import { confirmFactor } from "../../api/factor-api.ts";
import { ApiError } from "../../api/http.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { CodeField } from "./code-field.tsx";
import { QrCode } from "./qr-code.tsx";

interface ScanFormProps {
	readonly draft: FactorDraft;
	readonly onSetUp: (made: FactorSetUp) => void;
	/** The secret was shown too long ago. */
	readonly onTooLate: () => void;
}

/** The secret, as a QR code and in letters, and the first code that the app makes of it. */
export function ScanForm({ draft, onSetUp, onTooLate }: ScanFormProps) {
	const { t } = useTranslation();
	const [code, setCode] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const input = useRef<HTMLInputElement>(null);
	const isCode = readSecondStep(code)?.kind === "code";
	const isWrong = error instanceof ApiError && error.problems.some(({ path }) => path === "code");

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || !isCode) return;
		setBusy(true);
		setError(null);
		try {
			onSetUp(await confirmFactor({ code }));
		} catch (failure) {
			if (failure instanceof ApiError && failure.code === "no_draft") return onTooLate();
			setError(failure);
			setBusy(false);
			input.current?.select();
		}
	}

	return (
		<form className="factor-form" noValidate data-testid="factor-scan" onSubmit={(event) => void submit(event)}>
			<h3>{t("factor.scanTitle")}</h3>
			<p className="soft">{t("factor.scanHint")}</p>
			<QrCode text={draft.uri} label={t("factor.qr")} />
			<a className="factor-here" href={draft.uri}>
				{t("factor.openHere")}
			</a>
			<p className="soft">{t("factor.typeHint")}</p>
			<div className="factor-secret">
				<code data-testid="factor-secret">{inGroups(draft.secret, 4, " ")}</code>
				<CopyButton text={draft.secret} label={t("factor.copySecret")} iconOnly />
			</div>
			<h3>{t("factor.confirmTitle")}</h3>
			<CodeField
				label={t("signIn.code")}
				error={isWrong ? t("factor.confirmWrong") : tried && !isCode ? t("signIn.codeForm") : null}
				value={code}
				digits
				input={input}
				onValue={(text) => {
					setCode(text);
					setError(null);
				}}
			/>
			{!isWrong && <InlineError error={error} />}
			<button type="submit" className="button primary wide" disabled={busy} data-testid="factor-confirm">
				{busy ? t("signIn.checking") : t("factor.confirm")}
			</button>
		</form>
	);
}
