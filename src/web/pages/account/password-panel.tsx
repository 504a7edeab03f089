import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { passwordProblems, problemOfPassword } from "#core/accounts/password-rules.ts";
import { askWhoIsSignedIn } from "../../account.ts";
import { changePassword } from "../../api/account-api.ts";
import { ApiError } from "../../api/http.ts";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { say } from "../../components/notices.tsx";

/** One's own password, by the rules that the server goes by. */
export function PasswordPanel({ userName }: { readonly userName: string }) {
	const { t } = useTranslation();
	const [current, setCurrent] = useState("");
	const [next, setNext] = useState("");
	const [visible, setVisible] = useState(false);
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const problems = error instanceof ApiError ? error.problems : [];
	const refused = problems.find(({ path }) => path === "next")?.message;
	const problem =
		problemOfPassword(next, userName) ??
		passwordProblems.find((word) => word === refused) ??
		(refused === undefined ? null : "same");
	const isWrong = problems.some(({ path }) => path === "current");

	const password = { type: visible ? "text" : "password", maxLength: 200 };
	function typed(set: (text: string) => void, text: string) {
		set(text);
		setError(null); // what was said of another one
	}

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || current === "" || problemOfPassword(next, userName)) return;
		setBusy(true);
		setError(null);
		try {
			await changePassword({ current, next });
			await askWhoIsSignedIn({ quietly: true });
			setCurrent("");
			setNext("");
			setTried(false);
			say(t("account.changed"), "good");
		} catch (failure) {
			setError(failure);
		} finally {
			setBusy(false);
		}
	}

	return (
		<section className="card account-card" aria-labelledby="account-password">
			<div className="account-card-head">
				<div>
					<h2 id="account-password">{t("account.password")}</h2>
					<p className="soft">{t("account.passwordHint")}</p>
				</div>
			</div>
			<form className="account-form" noValidate onSubmit={(event) => void submit(event)}>
				{/* For the browser's own keeper of passwords. */}
				<span className="visually-hidden" aria-hidden="true">
					<input name="username" autoComplete="username" value={userName} readOnly tabIndex={-1} />
				</span>
				<Field
					label={t("account.current")}
					error={isWrong ? t("account.wrongPassword") : tried && current === "" ? t("account.currentMissing") : null}
				>
					{(tied) => (
						<input
							{...tied}
							{...password}
							name="current"
							autoComplete="current-password"
							value={current}
							onChange={({ target }) => typed(setCurrent, target.value)}
						/>
					)}
				</Field>
				<Field label={t("account.next")} error={tried && problem ? t(`account.problem_${problem}`) : null}>
					{(tied) => (
						<input
							{...tied}
							{...password}
							name="next"
							autoComplete="new-password"
							value={next}
							onChange={({ target }) => typed(setNext, target.value)}
						/>
					)}
				</Field>
				<label className="check">
					<input type="checkbox" checked={visible} onChange={(event) => setVisible(event.target.checked)} />
					{t("account.show")}
				</label>
				{problems.length === 0 && <InlineError error={error} />}
				<div className="buttons">
					<button type="submit" className="button primary" disabled={busy} data-testid="change-password">
						{busy ? t("common.saving") : t("account.change")}
					</button>
				</div>
			</form>
		</section>
	);
}
