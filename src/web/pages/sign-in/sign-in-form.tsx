import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import "./sign-in.css";

/** Name and password; used by the sign-in page and by the window that comes up when a session has ended. */
export function SignInForm({ knownName = "" }: { readonly knownName?: string }) {
	const { t } = useTranslation();
	const [name, setName] = useState(knownName);
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
			await signIn({ name: name.trim(), password, ...(isScreen ? { isScreen } : {}) });
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
	const noScreen = error instanceof ApiError && error.code === "no_screen";
	return (
		<form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate data-testid="sign-in">
			<Field label={t("signIn.name")} error={tried && name.trim() === "" ? t("signIn.nameMissing") : null}>
				{(tied) => (
					<input
						{...tied}
						name="username"
						autoComplete="username"
						autoCapitalize="none"
						spellCheck={false}
						autoFocus={knownName === ""}
						maxLength={80}
						value={name}
						onChange={(event) => setName(event.target.value)}
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
						autoFocus={knownName !== ""}
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
			{knownName === "" && (
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
							: noScreen
								? t("account.noScreen")
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

/** Seconds left, counting down to 0. */
function useCountdown(): [number, (seconds: number) => void] {
	const [left, setLeft] = useState(0);
	useEffect(() => {
		if (left <= 0) return;
		const timer = setTimeout(() => setLeft(left - 1), 1000);
		return () => clearTimeout(timer);
	}, [left]);
	return [left, setLeft];
}
