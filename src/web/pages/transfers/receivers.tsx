import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiverAnswer, ReceiverBody } from "#contract/transfers-api.ts";
import { receiverKinds } from "#core/transfer/transfer-words.ts";
import { addReceiver, changeReceiver, loadReceivers, removeReceiver } from "../../api/clues-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { say } from "../../components/notices.tsx";

/** To whom clues can go; for the administrator. */
export function Receivers() {
	const { t } = useTranslation();
	const { value, error, reload } = useLoaded("receivers", (signal) => loadReceivers(signal));
	const [edited, setEdited] = useState<ReceiverAnswer | "new" | null>(null);
	const [removed, setRemoved] = useState<ReceiverAnswer | null>(null);
	return (
		<section className="card clue-panel receivers" aria-labelledby="receivers-title" data-testid="receivers">
			<div className="section-head">
				<h2 id="receivers-title">{t("transfer.receivers")}</h2>
				<button type="button" className="button small" data-testid="add-receiver" onClick={() => setEdited("new")}>
					<Icon name="plus" size={16} />
					{t("transfer.addReceiver")}
				</button>
			</div>
			<p className="soft">{t("transfer.receiversHint")}</p>
			<InlineError error={error} />
			{value?.receivers.length === 0 && <p className="soft">{t("transfer.receiverNone")}</p>}
			<ul className="receiver-rows">
				{value?.receivers.map((receiver) => (
					<li key={receiver.id}>
						<span>
							<strong>{receiver.name}</strong>{" "}
							<span className="soft">
								{t(`transfer.kind_${receiver.kind}`)}
								{receiver.contact && ` · ${receiver.contact}`}
							</span>
						</span>
						<span className="buttons">
							<button
								type="button"
								className="button small quiet"
								aria-label={`${t("common.edit")}: ${receiver.name}`}
								onClick={() => setEdited(receiver)}
							>
								{t("common.edit")}
							</button>
							<button
								type="button"
								className="button small quiet"
								aria-label={`${t("common.remove")}: ${receiver.name}`}
								onClick={() => setRemoved(receiver)}
							>
								{t("common.remove")}
							</button>
						</span>
					</li>
				))}
			</ul>
			{edited && (
				<ReceiverDialog receiver={edited === "new" ? null : edited} onSaved={reload} onClose={() => setEdited(null)} />
			)}
			{removed && (
				<ConfirmDialog
					title={t("transfer.removeReceiver")}
					confirm={t("common.remove")}
					danger
					testId="remove-receiver"
					onConfirm={() => removeReceiver(removed.id).then(reload)}
					onClose={() => setRemoved(null)}
				>
					{t("transfer.removeReceiverText", { name: removed.name })}
				</ConfirmDialog>
			)}
		</section>
	);
}

interface ReceiverDialogProps {
	readonly receiver: ReceiverAnswer | null;
	readonly onSaved: () => void;
	readonly onClose: () => void;
}

function ReceiverDialog({ receiver, onSaved, onClose }: ReceiverDialogProps) {
	const { t } = useTranslation();
	const { name = "", kind = "traffic_police", contact = "" } = receiver ?? {};
	const [form, setForm] = useState<ReceiverBody>({ name, kind, contact });
	const [tried, setTried] = useState(false);
	const [error, setError] = useState<unknown>(null);

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (form.name.trim() === "") return;
		setError(null);
		try {
			await (receiver ? changeReceiver(receiver.id, form) : addReceiver(form));
			say(t("transfer.receiverSaved"));
			onSaved();
			onClose();
		} catch (failure) {
			setError(failure);
		}
	}

	const text = (key: "name" | "contact", label: string, wrong: string | null) => (
		<Field label={label} error={wrong}>
			{(tied) => (
				<input
					{...tied}
					name={`receiver-${key}`}
					maxLength={key === "name" ? 80 : 200}
					autoFocus={key === "name"}
					autoComplete="off"
					value={form[key]}
					onChange={({ target }) => setForm({ ...form, [key]: target.value })}
				/>
			)}
		</Field>
	);

	return (
		<Dialog title={t("transfer.addReceiver")} onClose={onClose} testId="receiver-dialog">
			<form className="review-form" noValidate onSubmit={(event) => void submit(event)}>
				{text("name", t("transfer.receiverName"), tried && form.name.trim() === "" ? t("transfer.errName") : null)}
				<Field label={t("transfer.receiverKind")}>
					{(tied) => (
						<select
							{...tied}
							name="receiver-kind"
							value={form.kind}
							onChange={({ target }) =>
								setForm({ ...form, kind: receiverKinds.find((each) => each === target.value) ?? "traffic_police" })
							}
						>
							{receiverKinds.map((each) => (
								<option key={each} value={each}>
									{t(`transfer.kind_${each}`)}
								</option>
							))}
						</select>
					)}
				</Field>
				{text("contact", t("transfer.receiverContact"), null)}
				<InlineError error={error} />
				<DialogButtons go={t("common.save")} testId="save-receiver" onClose={onClose} />
			</form>
		</Dialog>
	);
}
