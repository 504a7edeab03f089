import { useTranslation } from "react-i18next";
import type { SiteCardAnswer, SiteContact } from "#contract/site-cards-api.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import type { CardForm, Mistakes } from "./card-form.ts";

interface EntryFieldsProps {
	readonly form: CardForm;
	readonly onChange: (part: Partial<CardForm>) => void;
}

/** The ways in, in words. */
export function EntryFields({ form, onChange }: EntryFieldsProps) {
	const { t } = useTranslation();
	return (
		<section className="card-part">
			<h2>{t("siteCard.entries")}</h2>
			<div className="card card-entry card-fields card-fields-wide">
				{(["bestEntry", "otherEntry"] as const).map((name) => (
					<Field key={name} label={t(`siteCard.${name}`)} hint={t("siteCard.entryExample")}>
						{(ids) => (
							<textarea
								{...ids}
								rows={2}
								name={name}
								maxLength={500}
								value={form[name]}
								onChange={({ target }) => onChange({ [name]: target.value })}
							/>
						)}
					</Field>
				))}
			</div>
		</section>
	);
}

interface ContactFieldsProps {
	readonly party: SiteCardAnswer["party"];
	readonly contacts: readonly SiteContact[];
	readonly mistakes: Mistakes;
	readonly onChange: (contacts: readonly SiteContact[]) => void;
}

export function ContactFields({ party, contacts, mistakes, onChange }: ContactFieldsProps) {
	const { t } = useTranslation();
	return (
		<section className="card-part">
			<h2>{t("siteCard.contacts")}</h2>
			{party && (
				<p className="soft">
					{t("siteCard.party")}: {party.name}
				</p>
			)}
			{contacts.map((contact, index) => {
				const change = (part: Partial<SiteContact>) => onChange(contacts.with(index, { ...contact, ...part }));
				const mistake = mistakes.get(`contacts.${index}.name`);
				return (
					<div key={index} className="card card-entry contact-entry" data-testid="card-contact">
						<Field label={t("siteCard.name")} error={mistake && t(`siteCard.${mistake}`)}>
							{(ids) => (
								<input
									{...ids}
									maxLength={80}
									value={contact.name}
									onChange={({ target }) => change({ name: target.value })}
								/>
							)}
						</Field>
						<Field label={t("siteCard.contactDuty")}>
							{(ids) => (
								<input
									{...ids}
									maxLength={80}
									value={contact.duty}
									onChange={({ target }) => change({ duty: target.value })}
								/>
							)}
						</Field>
						<Field label={t("siteCard.contactPhone")}>
							{(ids) => (
								<input
									{...ids}
									type="tel"
									maxLength={40}
									value={contact.phone}
									onChange={({ target }) => change({ phone: target.value })}
								/>
							)}
						</Field>
						<button
							type="button"
							className="button quiet square"
							aria-label={t("siteCard.remove", { name: contact.name })}
							onClick={() => onChange(contacts.toSpliced(index, 1))}
						>
							<Icon name="trash" />
						</button>
					</div>
				);
			})}
			<button
				type="button"
				className="button"
				data-testid="add-contact"
				onClick={() => onChange([...contacts, { name: "", duty: "", phone: "" }])}
			>
				<Icon name="plus" />
				{t("siteCard.addContact")}
			</button>
		</section>
	);
}
