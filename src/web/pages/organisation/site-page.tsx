import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import { account, may } from "../../account.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { useObservable } from "../../observable.ts";
import { SiteTargets } from "../targets/site-targets.tsx";
import { DoneBar } from "./done-bar.tsx";
import { PartDialog } from "./part-dialog.tsx";
import { nameOfParty, partName } from "./part-name.ts";
import { ResponsibleDialog } from "./responsible-dialog.tsx";
import { useOrganisation } from "./use-organisation.ts";
import "./organisation.css";

interface Asked {
	readonly of: "lane" | "site";
	readonly id: string;
}

/** One site: where it lies, who is responsible for it and for each of its lanes, and its targets. */
export default function SitePage({ id }: { readonly id: string }) {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const { value, error, reload, take, done, undo } = useOrganisation();
	const [asked, setAsked] = useState<Asked | null>(null);
	const [editing, setEditing] = useState(false);
	if (!value) {
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return <Failure title={t("organisation.title")} error={error} onRetry={reload} />;
	}
	const site = value.sites.find((one) => one.id === id);
	if (!site) {
		return (
			<Message icon="search" title={t("error.not_found")}>
				<Link className="button primary" href="/organisation">
					{t("organisation.siteBack")}
				</Link>
			</Message>
		);
	}
	return (
		<div className="page" data-testid="site-page">
			<Link href="/organisation" className="back-link">
				<Icon name="back" size={16} />
				{t("organisation.siteBack")}
			</Link>
			<div className="page-head">
				<h1>{site.name}</h1>
				<div className="buttons">
					{mayConfigure && (
						<Link href={`/plans/${id}`} className="button">
							<Icon name="polygon" />
							{t("organisation.plan")}
						</Link>
					)}
					{site.mayChange && (
						<button type="button" className="button" data-testid="edit-site" onClick={() => setEditing(true)}>
							<Icon name="pencil" />
							{t("common.edit")}
						</button>
					)}
				</div>
			</div>
			{site.closedAt !== null && <p className="inline-note">{t("organisation.siteClosed")}</p>}
			<DoneBar text={done?.text ?? null} onUndo={done?.undo ? undo : null} />
			<div className="org-columns">
				<div className="org-side">
					<SiteFacts organisation={value} id={id} onAsk={mayConfigure ? setAsked : null} />
					<SiteLanes organisation={value} id={id} onAsk={mayConfigure ? setAsked : null} />
				</div>
				<SiteTargets siteId={id} mayChange={mayConfigure} />
			</div>
			{editing && (
				<PartDialog kind="site" id={id} organisation={value} onTake={take} onClose={() => setEditing(false)} />
			)}
			{asked && <ResponsibleDialog {...asked} organisation={value} onTake={take} onClose={() => setAsked(null)} />}
		</div>
	);
}

interface SectionProps {
	readonly organisation: OrganisationAnswer;
	readonly id: string;
	/** Null: not by this person. */
	readonly onAsk: ((asked: Asked) => void) | null;
}

function SiteFacts({ organisation, id, onAsk }: SectionProps) {
	const { t } = useTranslation();
	const site = organisation.sites.find((one) => one.id === id);
	if (!site) return null;
	const street = organisation.streets.find((one) => one.id === site.streetId);
	const district = organisation.districts.find((one) => one.id === street?.districtId);
	const sectors = organisation.sectors.filter((sector) => site.sectorIds.includes(sector.id));
	const party = organisation.parties.find((one) => one.id === (site.partyId ?? street?.partyId));
	return (
		<section className="card org-card" aria-labelledby="site-facts">
			<h2 id="site-facts">{t("organisation.siteFacts")}</h2>
			<dl className="facts">
				{district && street && (
					<div>
						<dt>{t("organisation.inStreet")}</dt>
						<dd>{`${partName(t, district)} · ${partName(t, street)}`}</dd>
					</div>
				)}
				{site.address !== "" && (
					<div>
						<dt>{t("organisation.address")}</dt>
						<dd>{site.address}</dd>
					</div>
				)}
				{sectors.length > 0 && (
					<div>
						<dt>{t("organisation.sectors")}</dt>
						<dd>{sectors.map(({ name }) => name).join("、")}</dd>
					</div>
				)}
			</dl>
			<div className="section-head">
				<h3>{t("organisation.responsible")}</h3>
				{onAsk && (
					<button
						type="button"
						className="button small"
						data-testid="site-responsible"
						onClick={() => onAsk({ of: "site", id })}
					>
						{t("organisation.change")}
					</button>
				)}
			</div>
			<p>
				<strong>{party ? partName(t, party) : t("app.unassigned")}</strong>{" "}
				{site.partyId === null && <span className="soft">({t("organisation.ofStreet")})</span>}
			</p>
			<ul className="org-contacts">
				{party?.contacts.map(({ name, duty, phone }, index) => (
					<li key={index}>
						{name} <span className="soft">{duty}</span> <a href={`tel:${phone.replaceAll(/[^+0-9]/g, "")}`}>{phone}</a>
					</li>
				))}
			</ul>
		</section>
	);
}

function SiteLanes({ organisation, id, onAsk }: SectionProps) {
	const { t } = useTranslation();
	const lanes = organisation.lanes.filter(({ siteId }) => siteId === id);
	return (
		<section className="card org-card" aria-labelledby="site-lanes">
			<h2 id="site-lanes">{t("organisation.lanes")}</h2>
			{lanes.length === 0 && <p className="soft">{t("organisation.noLanes")}</p>}
			<ul className="org-list">
				{lanes.map((lane) => (
					<li key={lane.id} className="part-row" data-testid="site-lane" data-lane={lane.id}>
						<span className="org-site">
							<strong>{lane.name}</strong>
							<span className="soft">
								{nameOfParty(t, organisation, lane.responsibleId)}
								{lane.partyId === null && ` (${t("organisation.ofSite")})`}
							</span>
						</span>
						{onAsk && (
							<button
								type="button"
								className="button small quiet"
								aria-label={`${t("organisation.change")}: ${t("organisation.responsibleOf", { name: lane.name })}`}
								data-testid="lane-responsible"
								onClick={() => onAsk({ of: "lane", id: lane.id })}
							>
								{t("organisation.change")}
							</button>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
