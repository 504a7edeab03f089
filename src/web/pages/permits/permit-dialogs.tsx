import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PermitAnswer } from "#contract/policy-api.ts";
import { offsetMs } from "#core/policy/local-time.ts";
import { endPermit, givePermit } from "../../api/keepclear-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { Field } from "../../components/field.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { serverNow } from "../../time/clock.ts";
import { formatShort, siteTimeZone } from "../../time/format-time.ts";
import "../cameras/cameras.css";
import { type PermitForm, readPermitForm, wallText } from "./permit-form.ts";

const offset = (at: number) => offsetMs(siteTimeZone, at);
const usualMs = 2 * 3_600_000;

const fields = [
	{ key: "from", word: "from" },
	{ key: "until", word: "until" },
	{ key: "plate", word: "plate" },
	{ key: "reason", word: "reason" },
] as const;

/** From when until when, whom, and why. */
export function PermitDialog({ laneId, onClose }: { readonly laneId: string; readonly onClose: () => void }) {
	const { t } = useTranslation();
	const [form, setForm] = useState<PermitForm>(() => ({
		from: wallText(serverNow(), offset),
		until: wallText(serverNow() + usualMs, offset),
		plate: "",
		reason: "",
	}));
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const read = readPermitForm(form, { laneId, now: serverNow(), offsetMs: offset });
	const wrong = tried && "problems" in read ? read.problems : {};

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || "problems" in read) return;
		setBusy(true);
		setError(null);
		try {
			const { until } = await givePermit(read.body);
			say(t("permit.given", { time: formatShort(until, currentLanguage()) }));
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={t("permit.add")} onClose={onClose} testId="permit-dialog">
			<p className="soft">{t("permit.hint")}</p>
			<form className="permit-form" noValidate onSubmit={(event) => void submit(event)}>
				{fields.map(({ key, word }) => (
					<Field
						key={key}
						label={t(`permit.${word}`)}
						hint={key === "plate" ? t("permit.plateHint") : undefined}
						error={wrong[key] ? t(`permit.${wrong[key]}`) : null}
					>
						{(tied) => (
							<input
								{...tied}
								name={`permit-${key}`}
								maxLength={key === "reason" ? 200 : 20}
								autoFocus={key === "reason"}
								autoComplete="off"
								placeholder={key === "reason" ? t("permit.reasonPlaceholder") : undefined}
								value={form[key]}
								onChange={({ target: { value } }) => setForm({ ...form, [key]: value })}
							/>
						)}
					</Field>
				))}
				<InlineError error={error} />
				<DialogButtons
					go={busy ? t("permit.giving") : t("permit.give")}
					busy={busy}
					testId="give-permit"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}

/** What stands there counts from now on, so it is asked back. */
export function EndPermitDialog({ permit, onClose }: { readonly permit: PermitAnswer; readonly onClose: () => void }) {
	const { t } = useTranslation();

	async function end() {
		await endPermit(permit.id);
		say(t("permit.ended"));
	}

	return (
		<ConfirmDialog
			title={t("permit.endTitle")}
			confirm={t("permit.end")}
			testId="end-permit-dialog"
			onConfirm={end}
			onClose={onClose}
		>
			{t("permit.endText")}
		</ConfirmDialog>
	);
}
