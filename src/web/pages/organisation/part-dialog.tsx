import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationAnswer, PartKind } from "#contract/organisation-api.ts";
import { ApiError } from "../../api/http.ts";
import { addPart, changePart, loadOrganisation } from "../../api/organisation-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { bodyOf, draftOf, emptyDraft, fieldsOf, findPart, type PartDraft, problemsOf } from "./part-draft.ts";
import { PartFields } from "./part-fields.tsx";
import { conflictText, isAtField } from "./part-words.ts";
import { SectorFields } from "./sector-fields.tsx";
import type { Take } from "./use-organisation.ts";

interface PartDialogProps {
	readonly kind: PartKind;
	/** Null: a new one. */
	readonly id: string | null;
	/** Where a new one begins: under what. */
	readonly start?: Partial<PartDraft> | undefined;
	readonly organisation: OrganisationAnswer;
	readonly onTake: Take;
	readonly onClose: () => void;
}

/** Adds a part, or changes one. What is typed stays whatever the server says. */
export function PartDialog({ kind, id, start, organisation, onTake, onClose }: PartDialogProps) {
	const { t } = useTranslation();
	// As it was when the dialog came up, or was loaded anew because of somebody else's change.
	const [seen, setSeen] = useState(organisation);
	const before = id === null ? null : draftOf(seen, kind, id);
	const [draft, setDraft] = useState<PartDraft>(before ?? { ...emptyDraft, ...start });
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const problems = problemsOf(kind, draft);
	const conflict = conflictText(t, error, id === null ? undefined : findPart(seen, kind, id)?.name);

	async function save() {
		const name = draft.name.trim();
		if (id === null || before === null) {
			const added = await addPart(kind, bodyOf(kind, draft, null));
			const undo = async (now: OrganisationAnswer) =>
				changePart(kind, added.id, { revision: findPart(now, kind, added.id)?.revision ?? 1, closed: true });
			return onTake(added.organisation, { text: t("organisation.added", { name }), undo });
		}
		const change = bodyOf(kind, draft, before);
		if (Object.keys(change).length === 0) return;
		const revision = findPart(seen, kind, id)?.revision ?? 1;
		const answer = await changePart(kind, id, { revision, ...change });
		const back = bodyOf(kind, before, draftOf(answer, kind, id));
		const undo = async (now: OrganisationAnswer) =>
			changePart(kind, id, { revision: findPart(now, kind, id)?.revision ?? 1, ...back });
		onTake(answer, { text: t("organisation.changed", { name }), undo });
	}

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || Object.keys(problems).length > 0) return;
		setBusy(true);
		setError(null);
		try {
			await save();
			onClose();
		} catch (failure) {
			if (failure instanceof ApiError && failure.httpStatus === 409) {
				await loadOrganisation().then(setSeen, () => undefined);
			}
			setError(failure);
			setBusy(false);
		}
	}

	const title = t(id === null ? `organisation.add_${kind}` : `organisation.edit_${kind}`);
	return (
		<Dialog title={title} onClose={onClose} testId="part-dialog">
			<form className="part-form" noValidate onSubmit={(event) => void submit(event)}>
				<PartFields
					kind={kind}
					organisation={seen}
					draft={draft}
					onDraft={setDraft}
					problems={tried ? problems : {}}
					error={error}
				/>
				{kind === "site" && id !== null && (
					<SectorFields
						organisation={seen}
						chosen={draft.sectorIds}
						error={error}
						onChange={(sectorIds) => setDraft({ ...draft, sectorIds })}
					/>
				)}
				{conflict !== null ? (
					<p role="alert" className="inline-note" data-testid="conflict">
						{conflict}
					</p>
				) : (
					!isAtField(error, [...fieldsOf[kind], "phone"]) && <InlineError error={error} />
				)}
				<DialogButtons
					go={busy ? t("common.saving") : t("common.save")}
					busy={busy}
					testId="save-part"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}
