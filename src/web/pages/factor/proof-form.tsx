import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactorAnswer, ProofBody } from "#contract/factor-api.ts";
import { readSecondStep } from "#core/accounts/second-factor.ts";
import { ApiError } from "../../api/http.ts";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { CodeField } from "./code-field.tsx";

interface ProofFormProps {
	readonly asks: FactorAnswer["draftAsks"];
	readonly children?: ReactNode;
	/** The last line, with the button that sends it. */
	readonly buttons: (busy: boolean) => ReactNode;
	/** Rejected: the form says why. */
	readonly onProof: (proof: Partial<ProofBody>) => Promise<void>;
}

/** The password, and a code: of who may have sat down at a page that was left open. */
export function ProofForm({ asks, children, buttons, onProof }: ProofFormProps) {
	const { t } = useTranslation();
	const [password, setPassword] = useState("");
	const [code, setCode] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [asksPassword, asksCode] = [asks !== "nothing", asks === "password_and_code"];
	const lacks = { password: asksPassword && password === "", code: asksCode && readSecondStep(code) === null };
	const isWrong = error instanceof ApiError && error.problems.some(({ path }) => path === "proof");

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || lacks.password || lacks.code) return;
		setBusy(true);
		setError(null);
		try {
			await onProof({ ...(asksPassword ? { password } : {}), ...(asksCode ? { code } : {}) });
		} catch (failure) {
			setError(failure);
			setCode("");
			setTried(false);
			setBusy(false);
		}
	}

	return (
		<form className="factor-form" noValidate data-testid="factor-proof" onSubmit={(event) => void submit(event)}>
			{children}
			{asksPassword && (
				<Field label={t("factor.password")} error={tried && lacks.password ? t("factor.passwordMissing") : null}>
					{(tied) => (
						<input
							{...tied}
							name="proof-password"
							type="password"
							autoComplete="current-password"
							autoFocus
							maxLength={200}
							value={password}
							onChange={({ target }) => setPassword(target.value)}
						/>
					)}
				</Field>
			)}
			{asksCode && (
				<CodeField
					label={t("factor.codeOrRecovery")}
					error={tried && lacks.code ? t("factor.codeOrRecoveryForm") : null}
					value={code}
					onValue={setCode}
				/>
			)}
			{isWrong ? (
				<p role="alert" className="inline-error">
					{t("factor.proofWrong")}
				</p>
			) : (
				<InlineError error={error} />
			)}
			{buttons(busy)}
		</form>
	);
}
