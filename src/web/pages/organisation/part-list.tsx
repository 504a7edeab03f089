import { useTranslation } from "react-i18next";
import { type OrganisationAnswer, unassigned } from "#contract/organisation-api.ts";
import { Icon } from "../../components/icon.tsx";
import { PartRow, type PartCommands } from "./part-row.tsx";
import { partName } from "./part-name.ts";

interface PartListProps {
	readonly kind: "sector" | "party";
	readonly organisation: OrganisationAnswer;
	readonly commands: PartCommands;
	readonly showsClosed: boolean;
	/** Null: not by this person. */
	readonly onAdd: (() => void) | null;
}

/** Sectors, or responsible parties with their contacts. */
export function PartList({ kind, organisation, commands, showsClosed, onAdd }: PartListProps) {
	const { t } = useTranslation();
	const word = kind === "sector" ? "sectors" : "parties";
	const shown = organisation[word].filter(
		({ id, closedAt }) => id !== unassigned && (showsClosed || closedAt === null),
	);
	return (
		<section className="card org-card" aria-labelledby={`org-${word}`}>
			<div className="section-head">
				<h2 id={`org-${word}`}>{t(`organisation.${word}`)}</h2>
				{onAdd && (
					<button type="button" className="button small" data-testid={`add-${kind}`} onClick={onAdd}>
						<Icon name="plus" size={16} />
						{t(`organisation.add_${kind}`)}
					</button>
				)}
			</div>
			{shown.length === 0 && <p className="soft">{t(`organisation.${word}None`)}</p>}
			<ul className="org-list">
				{shown.map((part) => (
					<li key={part.id}>
						<PartRow kind={kind} part={part} commands={commands}>
							<span className="org-site">
								<strong>{partName(t, part)}</strong>
								{kind === "party" && <PartyWords party={organisation.parties.find(({ id }) => id === part.id)} />}
							</span>
						</PartRow>
					</li>
				))}
			</ul>
		</section>
	);
}

function PartyWords({ party }: { readonly party: OrganisationAnswer["parties"][number] | undefined }) {
	const { t } = useTranslation();
	if (!party) return null;
	return (
		<span className="soft">
			{t(`organisation.party_${party.kind}`)}
			{party.contacts.map(({ name, duty, phone }) => ` · ${[name, duty, phone].filter(Boolean).join(" ")}`)}
		</span>
	);
}
