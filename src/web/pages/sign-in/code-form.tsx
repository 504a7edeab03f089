import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readSecondStep } from "#core/accounts/second-factor.ts";
import { enterCode } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { Icon } from "../../components/icon.tsx";
import { CodeField } from "../factor/code-field.tsx";
import { useCountdown } from "./use-countdown.ts";

interface CodeFormProps {
	readonly onBack: () => void;
	/** It took too long, or there were too many tries: the password is asked for again. */
	readonly onOver: () => void;
}

/** The second step: a code of the authenticator app, or a recovery code. */
export function CodeForm({ onBack, onOver }: CodeFormProps) {
	const { t } = useTranslation();
	const [kind, setKind] = useState<"code" | "recovery_code">("code");
	const [code, setCode] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [waitS, startWait] = useCountdown();
	const input = useRef<HTMLInputElement>(null);
	const byApp = kind === "code";
	const isFit = readSecondStep(code)?.kind === kind;
	const isWrong = error instanceof ApiError && error.code === "wrong_code";
	const throttled = error instanceof ApiError && error.httpStatus === 429;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || waitS > 0 || !isFit) return;
		setBusy(true);
		setError(null);
		try {
			await enterCode({ code });
		} catch (failure) {
			if (failure instanceof ApiError && failure.code === "ticket_over") return onOver();
			if (failure instanceof ApiError && failure.httpStatus === 429) startWait(failure.retryAfterS ?? 60);
			setError(failure);
			input.current?.select();
			setBusy(false);
		}
	}

	function turnTo(next: typeof kind) {
		setKind(next);
		setCode("");
		setTried(false);
		setError(null);
		input.current?.focus();
	}

	const wrong = byApp ? t("signIn.codeWrong") : t("signIn.recoveryWrong");
	const unfit = byApp ? t("signIn.codeForm") : t("signIn.recoveryForm");
	return (
		<form className="sign-in-form" noValidate data-testid="sign-in-code" onSubmit={(event) => void submit(event)}>
			<CodeField
				label={byApp ? t("signIn.code") : t("signIn.recovery")}
				hint={byApp ? t("signIn.codeHint") : t("signIn.recoveryHint")}
				error={isWrong ? wrong : tried && !isFit ? unfit : null}
				value={code}
				digits={byApp}
				autoFocus
				input={input}
				onValue={(text) => {
					setCode(text);
					setTried(false);
					if (!throttled) setError(null);
				}}
			/>
			<div role="alert" className="sign-in-error" data-testid="sign-in-error">
				{error !== null && !isWrong && !(throttled && waitS === 0) && (
					<p className="inline-error">
						<Icon name="warning" />
						{throttled ? t("signIn.throttled", { seconds: waitS }) : errorText(t, error)}
					</p>
				)}
			</div>
			<button type="submit" className="button primary wide" disabled={busy || waitS > 0}>
				{busy ? t("signIn.checking") : t("signIn.continue")}
			</button>
			<div className="sign-in-ways">
				<button
					type="button"
					className="link-button"
					data-testid="other-way"
					onClick={() => turnTo(byApp ? "recovery_code" : "code")}
				>
					{byApp ? t("signIn.useRecovery") : t("signIn.useApp")}
				</button>
				<button type="button" className="link-button" data-testid="sign-in-back" onClick={onBack}>
					{t("signIn.back")}
				</button>
			</div>
			{!byApp && <p className="sign-in-lost">{t("signIn.lost")}</p>}
		</form>
	);
}
