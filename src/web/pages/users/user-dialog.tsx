import type { TFunction } from "i18next";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import type { PasswordAnswer, UserAnswer } from "#contract/users-api.ts";
import { may, seesTransfersAlone } from "#core/roles/role-table.ts";
import { ApiError } from "../../api/http.ts";
import { addUser, changeUser, loadUsers } from "../../api/users-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { type GrantDraft, GrantFields } from "./grant-fields.tsx";
import { userConflict } from "./user-words.ts";

interface UserDialogProps {
	/** Null: a new one. */
	readonly user: UserAnswer | null;
	readonly organisation: OrganisationAnswer;
	readonly receivers: readonly ReceiverAnswer[];
	readonly ofAll: boolean;
	readonly onAdded: (answer: PasswordAnswer) => void;
	readonly onChanged: (before: UserAnswer, after: UserAnswer) => void;
	readonly onClose: () => void;
}

/** Adds a user, or gives another role and other places. */
export function UserDialog(props: UserDialogProps) {
	const { user, organisation, receivers, ofAll, onAdded, onChanged, onClose } = props;
	const { t } = useTranslation();
	const [seen, setSeen] = useState(user);
	const [name, setName] = useState("");
	const [grant, setGrant] = useState<GrantDraft>(
		user ? { role: user.role, scopes: user.scopes, receiverId: user.receiverId } : firstGrant(organisation),
	);
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const missing = {
		name: seen === null && name.trim() === "",
		scopes: !seesTransfersAlone(grant.role) && grant.scopes.length === 0,
		receiverId: seesTransfersAlone(grant.role) && grant.receiverId === null,
	};
	const isMissing = Object.values(missing).some(Boolean);
	const conflict = seen ? userConflict(t, error, seen.name) : null;

	async function submit(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy || isMissing) return;
		setBusy(true);
		setError(null);
		try {
			const sent = {
				...grant,
				scopes: [...grant.scopes],
				receiverId: may(grant.role, "receive") ? grant.receiverId : null,
			};
			if (seen) onChanged(seen, await changeUser(seen.id, { revision: seen.revision, grant: sent }));
			else onAdded(await addUser({ name: name.trim(), ...sent }));
			onClose();
		} catch (failure) {
			if (seen && failure instanceof ApiError && failure.httpStatus === 409) {
				const newest = await loadUsers().catch(() => null);
				setSeen(newest?.users.find(({ id }) => id === seen.id) ?? seen);
			}
			setError(failure);
			setBusy(false);
		}
	}

	const at = atFields(t, error);
	return (
		<Dialog
			title={seen ? t("users.editTitle", { name: seen.name }) : t("users.add")}
			onClose={onClose}
			testId="user-dialog"
		>
			<form className="part-form" noValidate onSubmit={(event) => void submit(event)}>
				{seen === null && (
					<Field
						label={t("users.name")}
						hint={t("users.nameHint")}
						error={tried && missing.name ? t("users.nameMissing") : at.name}
					>
						{(tied) => (
							<input
								{...tied}
								name="user-name"
								autoFocus
								required
								autoCapitalize="none"
								autoComplete="off"
								spellCheck={false}
								maxLength={80}
								value={name}
								onChange={({ target }) => setName(target.value)}
							/>
						)}
					</Field>
				)}
				<GrantFields
					draft={grant}
					organisation={organisation}
					receivers={receivers}
					ofAll={ofAll}
					errors={{
						role: at.role,
						scopes: tried && missing.scopes ? t("users.scopeMissing") : at.scopes,
						receiverId: tried && missing.receiverId ? t("users.receiverMissing") : at.receiverId,
					}}
					onDraft={setGrant}
				/>
				{conflict !== null ? (
					<p role="alert" className="inline-note" data-testid="conflict">
						{conflict}
					</p>
				) : (
					Object.values(at).every((words) => words === null) && <InlineError error={error} />
				)}
				<DialogButtons
					go={busy ? t("common.saving") : seen ? t("common.save") : t("users.add")}
					busy={busy}
					testId="save-user"
					onClose={onClose}
				/>
			</form>
		</Dialog>
	);
}

/** Where there is one site alone, it is that. */
function firstGrant({ sites }: OrganisationAnswer): GrantDraft {
	const [only, another] = sites.filter(({ closedAt, mayChange }) => closedAt === null && mayChange);
	return {
		...{ role: "duty_officer", receiverId: null },
		scopes: only && !another ? [{ kind: "site", id: only.id }] : [],
	};
}

function atFields(t: TFunction<"page">, error: unknown) {
	const problems = error instanceof ApiError && error.httpStatus === 400 ? error.problems : [];
	const of = (path: string) => problems.find((one) => one.path === path || one.path === `grant.${path}`)?.message;
	const [name, role, scopes, receiverId] = [of("name"), of("role"), of("scopes"), of("receiverId")];
	return {
		name: name === undefined ? null : t(name === "name_taken" ? "users.nameTaken" : "users.nameNotAllowed"),
		role: role === undefined ? null : t("users.roleBeyond"),
		scopes: scopes === undefined ? null : t("users.scopeBeyond"),
		receiverId: receiverId === undefined ? null : t("users.receiverWrong"),
	};
}
