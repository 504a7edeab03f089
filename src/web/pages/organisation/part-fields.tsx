import { useTranslation } from "react-i18next";
import { type OrganisationAnswer, type PartKind, partyKinds } from "#contract/organisation-api.ts";
import { Field } from "../../components/field.tsx";
import { ContactsFields } from "./contacts-fields.tsx";
import type { PartDraft, problemsOf } from "./part-draft.ts";
import { partName } from "./part-name.ts";
import { fieldError } from "./part-words.ts";

interface PartFieldsProps {
	readonly kind: PartKind;
	readonly organisation: OrganisationAnswer;
	readonly draft: PartDraft;
	readonly onDraft: (draft: PartDraft) => void;
	/** Shown once it was tried to save. */
	readonly problems: ReturnType<typeof problemsOf>;
	readonly error: unknown;
}

/** The fields of a district, street, sector, site or responsible party. */
export function PartFields({ kind, organisation, draft, onDraft, problems, error }: PartFieldsProps) {
	const { t } = useTranslation();
	const set = (change: Partial<PartDraft>) => onDraft({ ...draft, ...change });
	const open = <T extends { readonly id: string; readonly closedAt: number | null }>(
		parts: readonly T[],
		now: string,
	) => parts.filter(({ id, closedAt }) => closedAt === null || id === now);
	return (
		<>
			<Field
				label={t("organisation.name")}
				hint={t("organisation.nameHint")}
				error={problems.name ? t("organisation.nameMissing") : fieldError(t, error, "name")}
			>
				{(tied) => (
					<input
						{...tied}
						name="part-name"
						autoFocus
						required
						maxLength={80}
						autoComplete="off"
						value={draft.name}
						onChange={({ target }) => set({ name: target.value })}
					/>
				)}
			</Field>
			{kind === "street" && (
				<Field label={t("organisation.inDistrict")} error={fieldError(t, error, "districtId")}>
					{(tied) => (
						<select
							{...tied}
							name="district"
							value={draft.districtId}
							onChange={({ target }) => set({ districtId: target.value })}
						>
							{open(organisation.districts, draft.districtId).map((part) => (
								<option key={part.id} value={part.id}>
									{partName(t, part)}
								</option>
							))}
						</select>
					)}
				</Field>
			)}
			{kind === "site" && (
				<>
					<Field label={t("organisation.address")} error={fieldError(t, error, "address")}>
						{(tied) => (
							<input
								{...tied}
								name="address"
								maxLength={200}
								autoComplete="off"
								value={draft.address}
								onChange={({ target }) => set({ address: target.value })}
							/>
						)}
					</Field>
					<Field label={t("organisation.inStreet")} error={fieldError(t, error, "streetId")}>
						{(tied) => (
							<select
								{...tied}
								name="street"
								value={draft.streetId}
								onChange={({ target }) => set({ streetId: target.value })}
							>
								{open(organisation.streets, draft.streetId).map((part) => (
									<option key={part.id} value={part.id}>
										{partName(t, part)}
									</option>
								))}
							</select>
						)}
					</Field>
				</>
			)}
			{kind === "party" && (
				<>
					<Field label={t("organisation.partyKind")}>
						{(tied) => (
							<select
								{...tied}
								name="party-kind"
								value={draft.kind}
								onChange={({ target }) => set({ kind: partyKinds.find((one) => one === target.value) ?? draft.kind })}
							>
								{partyKinds.map((one) => (
									<option key={one} value={one}>
										{t(`organisation.party_${one}`)}
									</option>
								))}
							</select>
						)}
					</Field>
					<ContactsFields
						contacts={draft.contacts}
						error={problems.contacts || fieldError(t, error, "phone") ? t("organisation.phoneWrong") : null}
						onChange={(contacts) => set({ contacts })}
					/>
				</>
			)}
		</>
	);
}
