import { useTranslation } from "react-i18next";
import type { ContactBody } from "#contract/organisation-api.ts";
import { Icon } from "../../components/icon.tsx";

interface ContactsFieldsProps {
	readonly contacts: readonly ContactBody[];
	/** What is wrong with one of them. */
	readonly error: string | null;
	readonly onChange: (contacts: ContactBody[]) => void;
}

const fields = [
	{ key: "name", word: "contactName", type: "text", max: 80 },
	{ key: "duty", word: "contactDuty", type: "text", max: 80 },
	{ key: "phone", word: "contactPhone", type: "tel", max: 30 },
] as const;

/** As the contract has it. */
export const isPhone = (text: string) => /^\+?[0-9][0-9 ()-]{2,29}$/.test(text.trim());

/** People of a responsible party who can be reached. */
export function ContactsFields({ contacts, error, onChange }: ContactsFieldsProps) {
	const { t } = useTranslation();
	const set = (index: number, change: Partial<ContactBody>) =>
		onChange(contacts.map((contact, at) => (at === index ? { ...contact, ...change } : contact)));
	return (
		<fieldset className="contacts">
			<legend>{t("organisation.contacts")}</legend>
			{contacts.length === 0 && <p className="soft">{t("organisation.contactsNone")}</p>}
			{contacts.map((contact, index) => (
				<div key={index} className="contact">
					{fields.map(({ key, word, type, max }) => (
						<label key={key}>
							<span>{t(`organisation.${word}`)}</span>
							<input
								type={type}
								name={`contact-${key}`}
								maxLength={max}
								autoComplete="off"
								aria-invalid={key === "phone" && contact.phone !== "" && !isPhone(contact.phone)}
								value={contact[key]}
								onChange={({ target }) => set(index, { [key]: target.value })}
							/>
						</label>
					))}
					<button
						type="button"
						className="button quiet square"
						aria-label={t("organisation.removeContact", { name: contact.name })}
						title={t("common.remove")}
						onClick={() => onChange(contacts.filter((_, at) => at !== index))}
					>
						<Icon name="trash" />
					</button>
				</div>
			))}
			<p className="field-error" aria-live="polite">
				{error}
			</p>
			<button
				type="button"
				className="button small"
				data-testid="add-contact"
				disabled={contacts.length >= 20}
				onClick={() => onChange([...contacts, { name: "", duty: "", phone: "" }])}
			>
				<Icon name="plus" size={16} />
				{t("organisation.addContact")}
			</button>
		</fieldset>
	);
}
