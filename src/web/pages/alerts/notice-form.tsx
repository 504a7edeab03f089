import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoticesAnswer } from "#contract/notices-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { sendNotice } from "../../api/keepclear-api.ts";
import { Field } from "../../components/field.tsx";

interface NoticeFormProps {
	readonly alertId: string;
	readonly channels: NoticesAnswer["channels"];
	/** Null where there is none. */
	readonly chosen: NoticesAnswer["channels"][number] | null;
	readonly onChoose: (name: string) => void;
	/** As it stands in the words that are shown; empty: none. */
	readonly plate: string;
	readonly onSent: () => void;
}

/** By which way the words go, and to whom. */
export function NoticeForm({ alertId, channels, chosen, onChoose, plate, onSent }: NoticeFormProps) {
	const { t } = useTranslation();
	const [phone, setPhone] = useState("");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const number = phone.replace(/[\s-]/g, "");
	const takesPhone = chosen !== null && chosen.kind !== "speaker" && chosen.kind !== "camera_speaker";
	const phoneIsWrong = takesPhone && number !== "" && !/^\+?\d{5,15}$/.test(number);

	async function send() {
		if (busy || phoneIsWrong || !chosen) return;
		setBusy(true);
		setError(null);
		try {
			const more = { ...(plate.trim() && { plate: plate.trim() }), ...(takesPhone && number && { phone: number }) };
			await sendNotice(alertId, { channel: chosen.name, ...more });
			setPhone("");
			onSent();
		} catch (failure) {
			setError(failure);
		}
		setBusy(false);
	}
	function wordsOf(failure: unknown): string {
		const code = failure instanceof ApiError ? failure.code : "";
		return code === "not_open" || code === "already_queued" || code === "too_many"
			? t(`notices.${code}`)
			: errorText(t, failure);
	}

	if (!chosen) return <p className="soft">{t("notices.noChannel")}</p>;
	return (
		<form
			className="notice-form"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<Field label={t("notices.channel")}>
				{(tied) => (
					<select {...tied} name="channel" value={chosen.name} onChange={(event) => onChoose(event.target.value)}>
						{channels.map(({ name, kind }) => (
							<option key={name} value={name}>
								{`${t(`notices.kinds.${kind}`)} · ${name}`}
							</option>
						))}
					</select>
				)}
			</Field>
			{takesPhone && (
				<Field
					label={t("notices.phone")}
					hint={t("notices.phoneHint")}
					error={phoneIsWrong ? t("notices.phoneWrong") : null}
				>
					{(tied) => (
						<input
							{...tied}
							name="phone"
							type="tel"
							maxLength={20}
							autoComplete="off"
							value={phone}
							onChange={(event) => setPhone(event.target.value)}
						/>
					)}
				</Field>
			)}
			{error !== null && (
				<p role="alert" className="inline-error">
					{wordsOf(error)}
				</p>
			)}
			<div className="buttons">
				<button type="submit" className="button primary" disabled={busy} data-testid="notice-send">
					{busy ? t("notices.sending") : t("notices.send")}
				</button>
			</div>
		</form>
	);
}
