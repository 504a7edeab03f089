import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type OrganisationAnswer, unassigned } from "#contract/organisation-api.ts";
import { ApiError } from "../../api/http.ts";
import { loadOrganisation, nameResponsible } from "../../api/organisation-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { emptyDraft, type PartDraft, problemsOf } from "./part-draft.ts";
import { PartFields } from "./part-fields.tsx";
import { nameOfParty } from "./part-name.ts";
import { isAtField } from "./part-words.ts";
import type { Take } from "./use-organisation.ts";

interface ResponsibleDialogProps {
	readonly of: "lane" | "site";
	readonly id: string;
	readonly organisation: OrganisationAnswer;
	readonly onTake: Take;
	readonly onClose: () => void;
}

const inherited = "";
const fresh = "+";

/** Who is responsible for a lane or a site: a party that is known, a new one, or whoever is above it. */
export function ResponsibleDialog({ of, id, organisation, onTake, onClose }: ResponsibleDialogProps) {
	const { t } = useTranslation();
	const [seen, setSeen] = useState(organisation);
	const part = (of === "lane" ? seen.lanes : seen.sites).find((one) => one.id === id);
	const [choice, setChoice] = useState(part?.partyId ?? inherited);
	const [draft, setDraft] = useState<PartDraft>({ ...emptyDraft, kind: "unit" });
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const problems = choice === fresh ? problemsOf("party", draft) : {};
	const overtaken = error instanceof ApiError && error.httpStatus === 409;
	const name = part?.name ?? id;
	const now = part?.partyId ?? null;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || Object.keys(problems).length > 0) return;
		if (choice === (now ?? inherited)) return onClose();
		setBusy(true);
		setError(null);
		try {
			const { kind, contacts } = draft;
			const newParty = choice === fresh ? { kind, name: draft.name.trim(), contacts: [...contacts] } : undefined;
			const partyId = choice === fresh || choice === inherited ? null : choice;
			const answer = await nameResponsible(of, id, { partyId, before: now, ...(newParty ? { newParty } : {}) });
			const next = (of === "lane" ? answer.lanes : answer.sites).find((one) => one.id === id)?.partyId ?? null;
			const words = next === null ? aboveName(answer) : nameOfParty(t, answer, next);
			onTake(answer, {
				text: t("organisation.responsibleSaved", { name: words }),
				undo: () => nameResponsible(of, id, { partyId: now, before: next }),
			});
			onClose();
		} catch (failure) {
			if (failure instanceof ApiError && failure.httpStatus === 409) {
				await loadOrganisation().then(setSeen, () => undefined);
			}
			setError(failure);
			setBusy(false);
		}
	}

	/** Who it is where nobody of its own is named. */
	function aboveName(from: OrganisationAnswer): string {
		const siteId = of === "site" ? id : from.lanes.find((lane) => lane.id === id)?.siteId;
		const site = from.sites.find((one) => one.id === siteId);
		const street = from.streets.find((one) => one.id === site?.streetId);
		const partyId = (of === "lane" ? site?.partyId : null) ?? street?.partyId ?? unassigned;
		return nameOfParty(t, from, partyId);
	}

	const open = seen.parties.filter((party) => party.id !== unassigned && (party.closedAt === null || party.id === now));
	return (
		<Dialog title={t("organisation.responsibleOf", { name })} onClose={onClose} testId="responsible-dialog">
			<form className="part-form" noValidate onSubmit={(event) => void submit(event)}>
				<p className="soft">{t("organisation.responsibleHint")}</p>
				<Field label={t("organisation.responsible")}>
					{(tied) => (
						<select {...tied} name="party" value={choice} onChange={({ target }) => setChoice(target.value)}>
							<option value={inherited}>{t(`organisation.inherits_${of}`, { name: aboveName(seen) })}</option>
							<optgroup label={t("organisation.known")}>
								{open.map((party) => (
									<option key={party.id} value={party.id}>
										{party.name}
									</option>
								))}
							</optgroup>
							<option value={fresh}>{t("organisation.fresh")}…</option>
						</select>
					)}
				</Field>
				{choice === fresh && (
					<PartFields
						kind="party"
						organisation={seen}
						draft={draft}
						onDraft={setDraft}
						problems={tried ? problems : {}}
						error={error}
					/>
				)}
				{overtaken ? (
					<p role="alert" className="inline-note" data-testid="conflict">
						{t("organisation.namedMeanwhile", { name: now === null ? aboveName(seen) : nameOfParty(t, seen, now) })}
					</p>
				) : (
					!isAtField(error, ["name", "phone"]) && <InlineError error={error} />
				)}
				<DialogButtons
					go={busy ? t("common.saving") : t("common.save")}
					busy={busy}
					testId="save-responsible"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}
