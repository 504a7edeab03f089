import { useTranslation } from "react-i18next";
import type { AuditAnswer } from "#contract/audit-api.ts";
import { ledgerWords } from "#contract/ledger.ts";
import { Field } from "../../components/field.tsx";

interface AuditFilterProps {
	readonly query: URLSearchParams;
	readonly people: AuditAnswer["people"];
	readonly onQuery: (query: Record<string, string>) => void;
}

/** By person, action, object and days; kept in the address, so that it can be passed on. */
export function AuditFilter({ query, people, onQuery }: AuditFilterProps) {
	const { t } = useTranslation();
	const value = (key: string) => query.get(key) ?? "";
	const set = (key: string, to: string) => {
		const next = { ...Object.fromEntries(query), [key]: to };
		onQuery(Object.fromEntries(Object.entries(next).filter(([, each]) => each !== "")));
	};
	const input = (key: string, label: string, type: "date" | "search", hint?: string) => (
		<Field label={label} hint={hint}>
			{(tied) => (
				<input
					{...tied}
					name={`audit-${key}`}
					type={type}
					maxLength={127}
					autoComplete="off"
					value={value(key)}
					onChange={({ target }) => set(key, target.value)}
				/>
			)}
		</Field>
	);
	return (
		<form className="audit-filter card" role="search" onSubmit={(event) => event.preventDefault()}>
			<Field label={t("audit.who")}>
				{(tied) => (
					<select {...tied} name="audit-who" value={value("who")} onChange={({ target }) => set("who", target.value)}>
						<option value="">{t("audit.anybody")}</option>
						{people.map(({ id, name }) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</select>
				)}
			</Field>
			<Field label={t("audit.what")}>
				{(tied) => (
					<select
						{...tied}
						name="audit-what"
						value={value("what")}
						onChange={({ target }) => set("what", target.value)}
					>
						<option value="">{t("audit.anything")}</option>
						{ledgerWords.map((word) => (
							<option key={word} value={word}>
								{t(`audit.word_${word}`)}
							</option>
						))}
					</select>
				)}
			</Field>
			{input("on", t("audit.on"), "search", t("audit.onHint"))}
			{input("from", t("audit.from"), "date")}
			{input("until", t("audit.until"), "date")}
		</form>
	);
}
