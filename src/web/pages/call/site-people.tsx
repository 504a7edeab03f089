import { useTranslation } from "react-i18next";
import type { SiteCardAnswer, SiteFeature } from "#contract/site-cards-api.ts";
import { FeatureSign } from "../plans/feature-sign.tsx";

/** Gates, bollards, hydrants, aerial sites; those of some kinds alone where only these are asked for. */
export function FeatureList({
	card,
	kinds,
}: {
	readonly card: SiteCardAnswer;
	readonly kinds?: readonly SiteFeature["kind"][];
}) {
	const { t } = useTranslation();
	const shown = card.card.features.filter(({ kind }) => kinds?.includes(kind) ?? true);
	if (shown.length === 0) return <p className="soft">{t("pack.featuresNone")}</p>;
	const laneName = (laneId: string | null) => card.lanes.find((lane) => lane.laneId === laneId)?.name;
	return (
		<ul className="feature-list" data-testid="feature-list">
			{shown.map((feature) => (
				<li key={feature.id}>
					<FeatureSign kind={feature.kind} />
					<span>
						<strong>{feature.name}</strong>
						<span className="soft"> {laneName(feature.laneId) ?? ""}</span>
						<FeatureFacts feature={feature} />
					</span>
				</li>
			))}
		</ul>
	);
}

function FeatureFacts({ feature }: { readonly feature: SiteFeature }) {
	const { t } = useTranslation();
	const { widthM, heightM, lengthM, keeping, isFixed, keyHolder, clearZone, note } = feature;
	const metres = (word: "widthM" | "heightM" | "lengthM", m: number | null) =>
		m === null ? [] : [`${t(`siteCard.${word}`)} ${m}`];
	const facts = [
		...metres("lengthM", lengthM),
		...metres("widthM", widthM),
		...metres("heightM", heightM),
		...(keeping ? [t(`siteCard.keeping_${keeping}`)] : []),
		...(isFixed === null ? [] : [t(isFixed ? "siteCard.fixed_true" : "siteCard.fixed_false")]),
		...(clearZone ? [`${t("siteCard.clearZone")}: ${t(`siteCard.clearZone_${clearZone}`)}`] : []),
		...(keyHolder === "" ? [] : [`${t("siteCard.keyHolder")}: ${keyHolder}`]),
		...(note === "" ? [] : [note]),
	];
	return <span className="feature-facts">{facts.join(" · ")}</span>;
}

/** Whom to call: those of the card, then those of the responsible party. Numbers are dialled with a tap. */
export function ContactList({ card }: { readonly card: SiteCardAnswer }) {
	const { t } = useTranslation();
	const { party } = card;
	const contacts = [
		...card.card.contacts.map((contact) => ({ ...contact, of: "" })),
		...(party?.contacts ?? []).map((contact) => ({ ...contact, of: party?.name ?? "" })),
	];
	return (
		<>
			{party && (
				<p className="soft">
					{t("siteCard.party")}: {party.name}
				</p>
			)}
			{contacts.length === 0 && <p className="soft">{t("pack.notSaid")}</p>}
			<ul className="contact-list">
				{contacts.map(({ name, duty, phone, of }, index) => (
					<li key={index}>
						<span>
							<strong>{name}</strong> <span className="soft">{[duty, of].filter(Boolean).join(" · ")}</span>
						</span>
						{phone !== "" && (
							<a className="button" href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>
								{phone}
							</a>
						)}
					</li>
				))}
			</ul>
		</>
	);
}
