import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type EntryAnswer, type EntryBody, entryBody, type TransferAnswer } from "#contract/transfers-api.ts";
import { dayAt } from "#core/calendar/days.ts";
import { type EntryKind, entryKinds } from "#core/transfer/transfer-words.ts";
import type { RejectReason } from "#core/review/review-words.ts";
import { addEntry } from "../../api/clues-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { serverNow } from "../../time/clock.ts";
import { siteTimeZone } from "../../time/format-time.ts";
import { ReasonField } from "../review/verdict-fields.tsx";

interface EntryDialogProps {
	readonly transfer: TransferAnswer;
	/** The entry in whose place this one is to stand. */
	readonly corrects: EntryAnswer | null;
	/** What is said at first; absent: what comes next. */
	readonly kind?: EntryKind;
	readonly onTransfer: (transfer: TransferAnswer) => void;
	readonly onClose: () => void;
}

interface Form {
	readonly kind: EntryKind;
	readonly on: string;
	readonly person: string;
	readonly reference: string;
	readonly reason: RejectReason | null;
	readonly note: string;
}

/** What the receiver let us know, and when; a receipt with who took it, a return with its reason. */
export function EntryDialog({ transfer, corrects, kind, onTransfer, onClose }: EntryDialogProps) {
	const { t } = useTranslation();
	const [form, setForm] = useState<Form>(() => startForm(transfer, corrects, kind));
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const read = entryBody.safeParse(bodyOf(form, corrects));
	const wrong = new Set(read.success || !tried ? [] : read.error.issues.map(({ path }) => String(path[0])));
	const kinds = entryKinds.filter((kind) => kind !== "withdrawn" || corrects !== null);

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || !read.success) return;
		setBusy(true);
		setError(null);
		try {
			onTransfer(await addEntry(transfer.number, read.data));
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	const text = (key: "on" | "person" | "reference" | "note", label: string, message: string, hint?: string) => (
		<Field label={label} hint={hint} error={wrong.has(key) ? message : null}>
			{(tied) => (
				<input
					{...tied}
					name={`entry-${key}`}
					maxLength={key === "note" ? 500 : 80}
					autoComplete="off"
					value={form[key]}
					onChange={({ target }) => setForm({ ...form, [key]: target.value })}
				/>
			)}
		</Field>
	);

	return (
		<Dialog title={t(corrects ? "transfer.correct" : "transfer.add")} onClose={onClose} testId="entry-dialog">
			<form className="review-form" noValidate onSubmit={(event) => void submit(event)}>
				<Field label={t("transfer.entryKind")}>
					{(tied) => (
						<select
							{...tied}
							name="entry-kind"
							autoFocus
							value={form.kind}
							onChange={({ target }) =>
								setForm({ ...form, kind: entryKinds.find((each) => each === target.value) ?? "receipt" })
							}
						>
							{kinds.map((kind) => (
								<option key={kind} value={kind}>
									{t(`transfer.entry_${kind}`)}
								</option>
							))}
						</select>
					)}
				</Field>
				{text("on", t("transfer.on"), t("transfer.errOn"), t("transfer.onHint"))}
				{form.kind === "receipt" && text("person", t("transfer.person"), t("transfer.errPerson"))}
				{form.kind === "receipt" && text("reference", t("transfer.reference"), "")}
				{form.kind === "returned" && (
					<ReasonField
						value={form.reason}
						error={wrong.has("reason") ? t("transfer.errReason") : null}
						onChange={(reason) => setForm({ ...form, reason })}
					/>
				)}
				{text("note", t("transfer.note"), t("transfer.errNote"))}
				<InlineError error={error} />
				<DialogButtons
					go={busy ? t("common.saving") : t("transfer.save")}
					busy={busy}
					testId="save-entry"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}

function startForm({ entries }: TransferAnswer, corrects: EntryAnswer | null, asked?: EntryKind): Form {
	const today = dayAt(siteTimeZone, serverNow());
	const { kind, on, person, reference, reason, note } = corrects ?? {};
	const next = entries.some((entry) => entry.kind === "receipt" && entry.correctedBy === null) ? "accepted" : "receipt";
	return {
		...{ kind: kind ?? asked ?? next, on: on ?? today, person: person ?? "", reference: reference ?? "" },
		...{ reason: reason ?? null, note: note ?? "" },
	};
}

function bodyOf({ kind, on, person, reference, reason, note }: Form, corrects: EntryAnswer | null): EntryBody {
	const isReceipt = kind === "receipt";
	const or = (text: string) => text.trim() || null;
	return {
		...{ kind, on: on.trim(), note: or(note), corrects: corrects?.id ?? null },
		...{ person: isReceipt ? or(person) : null, reference: isReceipt ? or(reference) : null },
		reason: kind === "returned" ? reason : null,
	};
}
