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
	/** As it stands in the words that are shown; empty: none. */
	readonly plate: string;
	readonly onSent: () => void;
}

/** By which way the words go, and to whom. */
export function NoticeForm({ alertId, channels, plate, onSent }: NoticeFormProps) {
	const { t } = useTranslation();
	const [channel, setChannel] = useState(channels[0]?.name ?? "");
	const [phone, setPhone] = useState("");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const number = phone.replace(/[\s-]/g, "");
	const phoneIsWrong = number !== "" && !/^\+?\d{5,15}$/.test(number);

	async function send() {
		if (busy || phoneIsWrong) return;
		setBusy(true);
		setError(null);
		try {
			const more = { ...(plate.trim() && { plate: plate.trim() }), ...(number && { phone: number }) };
			await sendNotice(alertId, { channel, ...more });
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

	if (channels.length === 0) return <p className="soft">{t("notices.noChannel")}</p>;
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
					<select {...tied} name="channel" value={channel} onChange={(event) => setChannel(event.target.value)}>
						{channels.map(({ name }) => (
							<option key={name}>{name}</option>
						))}
					</select>
				)}
			</Field>
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
