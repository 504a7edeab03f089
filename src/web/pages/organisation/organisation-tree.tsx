import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type OrganisationAnswer, unassigned } from "#contract/organisation-api.ts";
import { PartRow, type PartCommands } from "./part-row.tsx";
import { nameOfParty, partName } from "./part-name.ts";

interface OrganisationTreeProps {
	readonly organisation: OrganisationAnswer;
	readonly commands: PartCommands;
	/** Of a part, or of anything under it. */
	readonly text: string;
	readonly showsClosed: boolean;
}

type Site = OrganisationAnswer["sites"][number];

/** Districts, their streets, and the sites under these. */
export function OrganisationTree({ organisation, commands, text, showsClosed }: OrganisationTreeProps) {
	const { t } = useTranslation();
	const { districts, streets, sites } = organisation;
	const plain = text.trim().toLowerCase();
	const fits = (name: string) => plain === "" || name.toLowerCase().includes(plain);
	const isShown = ({ closedAt }: { readonly closedAt: number | null }) => showsClosed || closedAt === null;
	const tree = districts.filter(isShown).flatMap((district) => {
		const under = streets
			.filter((street) => street.districtId === district.id && isShown(street))
			.flatMap((street) => {
				const here = sites.filter((site) => site.streetId === street.id && isShown(site));
				const named = fits(partName(t, district)) || fits(partName(t, street));
				const kept = named ? here : here.filter(({ name, address }) => fits(`${name} ${address}`));
				return named || kept.length > 0 ? [{ street, sites: kept }] : [];
			});
		if (under.length === 0 && !fits(partName(t, district))) return [];
		// What nobody has assigned is shown while there is something in it.
		if (district.id === unassigned && under.every((one) => one.sites.length === 0)) return [];
		return [{ district, under }];
	});
	if (tree.length === 0) return <p className="soft">{t("organisation.nothing")}</p>;
	return (
		<ul className="org-tree" data-testid="org-tree">
			{tree.map(({ district, under }) => (
				<li key={district.id}>
					<PartRow kind="district" part={district} commands={commands} adds="street" mayAdd={district.mayChange} />
					{under.length === 0 && <p className="soft org-none">{t("organisation.streetsNone")}</p>}
					<ul>
						{under.map(({ street, sites: here }) => (
							<li key={street.id}>
								<PartRow kind="street" part={street} commands={commands} adds="site" mayAdd={street.mayChange} />
								{here.length === 0 && <p className="soft org-none">{t("organisation.sitesNone")}</p>}
								<ul>
									{here.map((site) => (
										<li key={site.id}>
											<SiteRow site={site} organisation={organisation} commands={commands} />
										</li>
									))}
								</ul>
							</li>
						))}
					</ul>
				</li>
			))}
		</ul>
	);
}

interface SiteRowProps {
	readonly site: Site;
	readonly organisation: OrganisationAnswer;
	readonly commands: PartCommands;
}

function SiteRow({ site, organisation, commands }: SiteRowProps) {
	const { t } = useTranslation();
	const street = organisation.streets.find(({ id }) => id === site.streetId);
	const partyId = site.partyId ?? street?.partyId;
	const lanes = organisation.lanes.filter(({ siteId }) => siteId === site.id).length;
	return (
		<PartRow kind="site" part={site} commands={commands}>
			<span className="org-site">
				<Link href={`/organisation/${site.id}`} className="org-site-name" data-testid="open-site">
					{site.name}
				</Link>
				<span className="soft">
					{[
						site.address,
						t("organisation.lanesOf", { count: lanes }),
						partyId === undefined ? "" : nameOfParty(t, organisation, partyId),
					]
						.filter((words) => words !== "")
						.join(" · ")}
				</span>
			</span>
		</PartRow>
	);
}
