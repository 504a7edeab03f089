import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import { account, answersForEverySite } from "../../account.ts";
import { Field } from "../../components/field.tsx";
import { useObservable } from "../../observable.ts";
import { IdInput } from "./id-input.tsx";

type Site = OrganisationAnswer["sites"][number];
const another = "";

interface SiteFieldProps {
	readonly sites: readonly Site[];
	readonly siteId: string;
	readonly error: string | null;
	readonly onSite: (siteId: string) => void;
}

/** The site of an edge, out of those that there are; one that is not there yet is made with its first edge. */
export function SiteField({ sites, siteId, error, onSite }: SiteFieldProps) {
	const { t } = useTranslation();
	const mayBeAnother = answersForEverySite(useObservable(account));
	const [typed, setTyped] = useState(sites.length === 0);
	return (
		<>
			<Field label={t("edge.site")} error={typed ? null : error}>
				{(tied) => (
					<select
						{...tied}
						name="edge-site"
						value={typed ? another : siteId}
						onChange={({ target: { value } }) => {
							setTyped(value === another);
							onSite(value);
						}}
					>
						{sites.map(({ id, name }) => (
							<option key={id} value={id}>
								{name === id ? id : `${name} (${id})`}
							</option>
						))}
						{(mayBeAnother || sites.length === 0) && <option value={another}>{t("edge.anotherSite")}</option>}
					</select>
				)}
			</Field>
			{typed && (
				<Field label={t("edge.siteId")} hint={t("edge.siteHint")} error={error}>
					{(tied) => <IdInput {...tied} name="edge-site-id" value={siteId} onValue={onSite} />}
				</Field>
			)}
		</>
	);
}
