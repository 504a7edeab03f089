import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationAnswer, PartKind } from "#contract/organisation-api.ts";
import { changePart } from "../../api/organisation-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { findPart } from "./part-draft.ts";
import { conflictText } from "./part-words.ts";
import type { Take } from "./use-organisation.ts";

interface ClosePartProps {
	readonly kind: PartKind;
	readonly id: string;
	readonly organisation: OrganisationAnswer;
	readonly onTake: Take;
	readonly onClose: () => void;
}

/** Asks before a part is closed, and says what stands in the way. */
export function ClosePart({ kind, id, organisation, onTake, onClose }: ClosePartProps) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const name = findPart(organisation, kind, id)?.name ?? id;
	const conflict = conflictText(t, error, name);

	async function close() {
		setBusy(true);
		setError(null);
		try {
			onTake(await setClosed(kind, id, organisation, true), {
				text: t("organisation.closed", { name }),
				undo: (now) => setClosed(kind, id, now, false),
			});
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={t("organisation.closeTitle", { name })} onClose={onClose} testId="close-part">
			<p>{t("organisation.closeText")}</p>
			{conflict === null ? (
				<InlineError error={error} />
			) : (
				<p role="alert" className="inline-note">
					{conflict}
				</p>
			)}
			<DialogButtons
				go={t("organisation.close")}
				busy={busy}
				testId="close-part-confirm"
				danger
				onGo={() => void close()}
				onClose={onClose}
			/>
		</Dialog>
	);
}

export const setClosed = (kind: PartKind, id: string, organisation: OrganisationAnswer, closed: boolean) =>
	changePart(kind, id, { revision: findPart(organisation, kind, id)?.revision ?? 1, closed });
