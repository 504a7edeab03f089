import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { SiteCardAnswer } from "#contract/site-cards-api.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { loadSiteCard, saveSiteCard } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant } from "../../time/format-time.ts";
import { type CardForm, cardOf, formOf, type Mistakes } from "./card-form.ts";
import { CardHistory } from "./card-history.tsx";
import { ContactFields, EntryFields } from "./contact-fields.tsx";
import { FeatureFields } from "./feature-fields.tsx";
import { LaneFields } from "./lane-fields.tsx";
import "./site-card.css";

/** What no camera sees of a site, filled in by its property. */
export default function CardPage({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const mayChange = may(useObservable(account), "configure");
	const { value, error, reload, put } = useLoaded(`card ${siteId}`, (signal) => loadSiteCard(siteId, signal));
	if (!mayChange) return <Message icon="warning" title={t("siteCard.mayNot")} />;
	if (!value) {
		if (error !== null) return <Failure title={t("siteCard.title")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	return (
		<div className="page site-card" data-testid="card-page">
			<Link href={`/plans/${siteId}`} className="back-link">
				<Icon name="back" size={16} />
				{t("siteCard.plan")}
			</Link>
			<div className="page-head">
				<div>
					<h1>{t("siteCard.titleOf", { site: value.siteName })}</h1>
					<p>{t("siteCard.intro")}</p>
					<p data-testid="card-changed">
						{value.changed
							? t("siteCard.changedBy", {
									...{ by: value.changed.by, revision: value.revision },
									time: formatInstant(value.changed.at, currentLanguage()),
								})
							: t("siteCard.never")}
					</p>
				</div>
			</div>
			<Form key={value.revision} answer={value} onSaved={put} onTheirs={reload} />
			<CardHistory key={`h ${value.revision}`} siteId={siteId} />
		</div>
	);
}

interface FormProps {
	readonly answer: SiteCardAnswer;
	readonly onSaved: (answer: SiteCardAnswer) => void;
	readonly onTheirs: () => void;
}

function Form({ answer, onSaved, onTheirs }: FormProps) {
	const { t } = useTranslation();
	const [start] = useState(() => formOf(answer));
	const [form, setForm] = useState<CardForm>(start);
	const [saving, setSaving] = useState(false);
	/** Who was first. */
	const [late, setLate] = useState<string | null>(null);
	const [mistakes, setMistakes] = useState<Mistakes>(new Map());
	const dirty = form !== start && JSON.stringify(form) !== JSON.stringify(start);
	const change = (part: Partial<CardForm>) => setForm((before) => ({ ...before, ...part }));

	async function save(revision: number) {
		const { card, mistakes: found } = cardOf(form);
		setMistakes(found);
		if (found.size > 0 || saving) return;
		setSaving(true);
		try {
			onSaved(await saveSiteCard(answer.siteId, revision, card));
			say(t("siteCard.saved"));
		} catch (failure) {
			if (failure instanceof ApiError && failure.code === "changed_meanwhile") {
				setLate(failure.meanwhile.map(({ by }) => by).join(", "));
			} else say(errorText(t, failure), "bad");
		} finally {
			setSaving(false);
		}
	}

	async function saveMine() {
		const newest = await loadSiteCard(answer.siteId).catch((failure: unknown) => {
			say(errorText(t, failure), "bad");
			return null;
		});
		if (newest) await save(newest.revision);
	}

	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void save(answer.revision);
			}}
		>
			<LeaveGuard dirty={dirty} />
			<LaneFields answer={answer} lanes={form.lanes} mistakes={mistakes} onChange={(lanes) => change({ lanes })} />
			<FeatureFields
				answer={answer}
				features={form.features}
				mistakes={mistakes}
				onChange={(features) => change({ features })}
			/>
			<EntryFields form={form} onChange={change} />
			<ContactFields
				party={answer.party}
				contacts={form.contacts}
				mistakes={mistakes}
				onChange={(contacts) => change({ contacts })}
			/>
			<div className="card-save">
				{late !== null && (
					<div className="inline-error" role="alert" data-testid="card-late">
						<Icon name="warning" />
						<div>
							<p>{t("siteCard.changedMeanwhile", { by: late })}</p>
							<div className="buttons">
								<button type="button" className="button" onClick={() => void saveMine()}>
									{t("siteCard.saveAnyway")}
								</button>
								<button type="button" className="button quiet" onClick={onTheirs}>
									{t("siteCard.showTheirs")}
								</button>
							</div>
						</div>
					</div>
				)}
				{mistakes.size > 0 && (
					<p className="inline-error" role="alert">
						{t("siteCard.hasMistakes", { count: mistakes.size })}
					</p>
				)}
				<button type="submit" className="button primary" disabled={!dirty || saving} data-testid="card-save">
					<Icon name="check" />
					{t("siteCard.save")}
				</button>
			</div>
		</form>
	);
}
