import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import type { CodeAnswer } from "#contract/enrolment-api.ts";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import { ApiError } from "../../api/http.ts";
import { addEdge } from "../../api/keepclear-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { IdInput } from "./id-input.tsx";
import { SiteField } from "./site-field.tsx";

/** As the contract has it. */
const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

interface AddEdgeDialogProps {
	readonly edges: readonly EdgeAnswer[];
	/** Those that are open. */
	readonly sites: OrganisationAnswer["sites"];
	readonly onClose: () => void;
	readonly onAdded: (answer: CodeAnswer) => void;
}

export function AddEdgeDialog({ edges, sites, onClose, onAdded }: AddEdgeDialogProps) {
	const { t } = useTranslation();
	const [name, setName] = useState("");
	const [id, setId] = useState("");
	const [siteId, setSiteId] = useState(sites[0]?.id ?? "site-1");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const wrong = {
		name: name.trim() === "" ? t("edge.errName") : null,
		id: !idPattern.test(id) ? t("edge.errId") : edges.some((edge) => edge.id === id) ? t("edge.taken") : null,
		siteId: idPattern.test(siteId) ? null : t("edge.errId"),
	};
	const taken = error instanceof ApiError && error.httpStatus === 409;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || wrong.name || wrong.id || wrong.siteId) return;
		setBusy(true);
		setError(null);
		try {
			onAdded(await addEdge({ id, siteId, name: name.trim() }));
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={t("edge.add")} onClose={onClose} testId="add-edge-dialog">
			<form className="edge-form" noValidate onSubmit={(event) => void submit(event)}>
				<Field label={t("edge.name")} error={tried ? wrong.name : null}>
					{(tied) => (
						<input
							{...tied}
							name="edge-name"
							autoFocus
							maxLength={80}
							placeholder={t("edge.namePlaceholder")}
							value={name}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<Field label={t("edge.id")} hint={t("edge.idHint")} error={taken ? t("edge.taken") : tried ? wrong.id : null}>
					{(tied) => <IdInput {...tied} name="edge-id" value={id} onValue={setId} />}
				</Field>
				<SiteField sites={sites} siteId={siteId} error={tried ? wrong.siteId : null} onSite={setSiteId} />
				{!taken && <InlineError error={error} />}
				<DialogButtons
					go={busy ? t("common.saving") : t("edge.add")}
					busy={busy}
					testId="save-edge"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}
