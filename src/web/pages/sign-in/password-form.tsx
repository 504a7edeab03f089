import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { useCountdown } from "./use-countdown.ts";

interface PasswordFormProps {
	readonly name: string;
	/** A window over a page is no screen on a wall. */
	readonly mayBeScreen: boolean;
	/** The code did not come in time, or was wrong too often. */
	readonly isAgain: boolean;
	readonly onName: (name: string) => void;
	/** The password was right, and a code is asked for. */
	readonly onCodeOwed: () => void;
}

/** The first step: name and password. */
export function PasswordForm({ name, mayBeScreen, isAgain, onName, onCodeOwed }: PasswordFormProps) {
	const { t } = useTranslation();
	const [password, setPassword] = useState("");
	const [visible, setVisible] = useState(false);
	const [isScreen, setIsScreen] = useState(false);
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [waitS, startWait] = useCountdown();
	const passwordInput = useRef<HTMLInputElement>(null);

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || waitS > 0 || name.trim() === "" || password === "") return;
		setBusy(true);
		setError(null);
		try {
			const entered = await signIn({ name: name.trim(), password, ...(isScreen ? { isScreen } : {}) });
			if (!entered) onCodeOwed();
		} catch (failure) {
			setError(failure);
			if (failure instanceof ApiError && failure.httpStatus === 429) startWait(failure.retryAfterS ?? 60);
			passwordInput.current?.select();
		} finally {
			setBusy(false);
		}
	}

	const throttled = error instanceof ApiError && error.httpStatus === 429;
	const wrong = error instanceof ApiError && error.httpStatus === 401;
	const refused = error instanceof ApiError ? wordsOfRefusal[error.code] : undefined;
	return (
		<form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate data-testid="sign-in">
			{isAgain && error === null && (
				<p role="alert" className="inline-note" data-testid="sign-in-again">
					{t("signIn.again")}
				</p>
			)}
			<Field label={t("signIn.name")} error={tried && name.trim() === "" ? t("signIn.nameMissing") : null}>
				{(tied) => (
					<input
						{...tied}
						name="username"
						autoComplete="username"
						autoCapitalize="none"
						spellCheck={false}
						autoFocus={name === ""}
						maxLength={80}
						value={name}
						onChange={(event) => onName(event.target.value)}
					/>
				)}
			</Field>
			<Field label={t("signIn.password")} error={tried && password === "" ? t("signIn.passwordMissing") : null}>
				{(tied) => (
					<input
						{...tied}
						ref={passwordInput}
						name="password"
						type={visible ? "text" : "password"}
						autoComplete="current-password"
						autoFocus={name !== ""}
						maxLength={200}
						value={password}
						onChange={(event) => setPassword(event.target.value)}
					/>
				)}
			</Field>
			<label className="check">
				<input type="checkbox" checked={visible} onChange={(event) => setVisible(event.target.checked)} />
				{t("signIn.showPassword")}
			</label>
			{mayBeScreen && (
				<label className="check">
					<input
						type="checkbox"
						name="screen"
						checked={isScreen}
						onChange={(event) => setIsScreen(event.target.checked)}
					/>
					{t("account.screen")}
				</label>
			)}
			<div role="alert" className="sign-in-error" data-testid="sign-in-error">
				{error !== null && !(throttled && waitS === 0) && (
					<p className="inline-error">
						<Icon name="warning" />
						{wrong
							? t("signIn.wrong")
							: refused
								? t(refused)
								: throttled
									? t("signIn.throttled", { seconds: waitS })
									: errorText(t, error)}
					</p>
				)}
			</div>
			<button type="submit" className="button primary wide" disabled={busy || waitS > 0}>
				{busy ? t("signIn.submitting") : t("signIn.submit")}
			</button>
		</form>
	);
}

/** What is wrong although name and password are right. */
const wordsOfRefusal: Readonly<Record<string, "account.noScreen" | "signIn.screenFirst">> = {
	no_screen: "account.noScreen",
	factor_first: "signIn.screenFirst",
};
