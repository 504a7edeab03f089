import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { Role } from "#contract/session-api.ts";
import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import { may, rightsOf, seesTransfersAlone } from "#core/roles/role-table.ts";
import { roles } from "#core/roles/role-words.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { scopeChoices, scopeWords, type UserScope } from "./scope-words.ts";

export interface GrantDraft {
	readonly role: Role;
	readonly scopes: readonly UserScope[];
	readonly receiverId: string | null;
}

interface GrantFieldsProps {
	readonly draft: GrantDraft;
	readonly organisation: OrganisationAnswer;
	readonly receivers: readonly ReceiverAnswer[];
	/** Whether this administrator answers for every site. */
	readonly ofAll: boolean;
	readonly errors: { readonly role: string | null; readonly scopes: string | null; readonly receiverId: string | null };
	readonly onDraft: (draft: GrantDraft) => void;
}

const same = (one: UserScope, other: UserScope) => JSON.stringify(one) === JSON.stringify(other);

/** Role, places and authority. What the role does is said below it. */
export function GrantFields({ draft, organisation, receivers, ofAll, errors, onDraft }: GrantFieldsProps) {
	const { t } = useTranslation();
	const { role, scopes, receiverId } = draft;
	const hasPlaces = !seesTransfersAlone(role);
	const receives = may(role, "receive");
	const given = rightsOf[role].map((right) => t(`roles.right_${right}`)).join("、");

	function chooseRole(next: Role) {
		onDraft({
			role: next,
			scopes: seesTransfersAlone(next) ? [] : scopes,
			receiverId: may(next, "receive") ? receiverId : null,
		});
	}

	function addScope(value: string) {
		const [kind, id = ""] = value.split("/");
		const scope = (kind === "all" ? { kind } : { kind, id }) as UserScope;
		if (scopes.some((known) => same(known, scope))) return;
		// Everywhere takes in all the rest.
		onDraft({
			...draft,
			scopes: scope.kind === "all" ? [scope] : [...scopes.filter(({ kind }) => kind !== "all"), scope],
		});
	}

	return (
		<>
			<Field label={t("users.role")} hint={t("users.rights", { rights: given })} error={errors.role}>
				{(tied) => (
					<select
						{...tied}
						name="role"
						value={role}
						onChange={({ target }) => chooseRole(roles.find((one) => one === target.value) ?? role)}
					>
						{roles
							.filter((one) => ofAll || !seesTransfersAlone(one))
							.map((one) => (
								<option key={one} value={one}>
									{t(`roles.role_${one}`)}
								</option>
							))}
					</select>
				)}
			</Field>
			{hasPlaces ? (
				<Field label={t("users.scope")} hint={t("users.scopeHint")} error={errors.scopes}>
					{(tied) => (
						<>
							<ul className="scope-tags" data-testid="scopes">
								{scopes.map((scope) => (
									<li key={JSON.stringify(scope)} className="tag">
										{scopeWords(t, organisation, scope)}
										<button
											type="button"
											className="tag-remove"
											aria-label={`${t("common.remove")}: ${scopeWords(t, organisation, scope)}`}
											onClick={() => onDraft({ ...draft, scopes: scopes.filter((one) => !same(one, scope)) })}
										>
											<Icon name="close" size={14} />
										</button>
									</li>
								))}
							</ul>
							<select {...tied} name="scope" value="" onChange={({ target }) => addScope(target.value)}>
								<option value="">{t("users.scopeAdd")}</option>
								{ofAll && <option value="all">{t("users.everywhere")}</option>}
								{scopeChoices(t, organisation)
									.filter(({ parts }) => parts.length > 0)
									.map(({ kind, parts }) => (
										<optgroup key={kind} label={t(`organisation.kind_${kind}`)}>
											{parts.map(({ id, name }) => (
												<option key={id} value={`${kind}/${id}`}>
													{name}
												</option>
											))}
										</optgroup>
									))}
							</select>
						</>
					)}
				</Field>
			) : (
				<p className="soft">{t("users.noScope")}</p>
			)}
			{receives && (
				<Field label={t("users.receiver")} error={errors.receiverId}>
					{(tied) => (
						<select
							{...tied}
							name="receiver"
							value={receiverId ?? ""}
							onChange={({ target }) => onDraft({ ...draft, receiverId: target.value === "" ? null : target.value })}
						>
							<option value="">{t("users.receiverNone")}</option>
							{receivers.map(({ id, name }) => (
								<option key={id} value={id}>
									{name}
								</option>
							))}
						</select>
					)}
				</Field>
			)}
		</>
	);
}
