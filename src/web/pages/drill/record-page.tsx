import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearch } from "wouter";
import { account, may } from "../../account.ts";
import { loadDrills, loadSiteCard } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { useObservable } from "../../observable.ts";
import { beginDraft, draftOf, localTime } from "./drill-draft.ts";
import { RecordForm } from "./record-form.tsx";
import "./drill.css";

/** The newest that a correction is looked for among. */
const searched = 100;

/** A drill's record, typed on a tablet; `?corrects=<id>` puts one right. */
export default function RecordPage({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const corrects = new URLSearchParams(useSearch()).get("corrects");
	const { value, error, reload } = useLoaded(`record ${siteId} ${corrects ?? ""}`, async (signal) => {
		const [card, drills] = await Promise.all([
			loadSiteCard(siteId, signal),
			loadDrills({ siteId, limit: corrects === null ? 1 : searched }, signal),
		]);
		return { card, drills: drills.drills };
	});
	if (who.state !== "signed_in" || !may(who, "drill")) return <Message icon="warning" title={t("error.forbidden")} />;
	if (!value) {
		if (error !== null) return <Failure title={t("station.record")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const { card, drills } = value;
	const wrong = corrects === null ? null : drills.find(({ id }) => id === corrects);
	if (wrong === undefined) return <Message icon="search" title={t("error.not_found")} />;
	return (
		<div className="page record-page" data-testid="record-page">
			<Link href={`/drill/${siteId}`} className="back-link">
				<Icon name="back" size={16} />
				{t("station.pack")}
			</Link>
			<div className="page-head">
				<div>
					<h1>{t(wrong ? "drill.correctTitleOf" : "drill.titleOf", { site: card.siteName })}</h1>
					<p>{t("drill.intro")}</p>
				</div>
			</div>
			<WithStart key={corrects ?? "new"} user={who.user} card={card} wrong={wrong} seen={drills[0]?.position ?? 0} />
		</div>
	);
}

interface WithStartProps {
	readonly user: { readonly id: string; readonly name: string; readonly role: string };
	readonly card: Awaited<ReturnType<typeof loadSiteCard>>;
	readonly wrong: Awaited<ReturnType<typeof loadDrills>>["drills"][number] | null;
	readonly seen: number;
}

/** What a record begins with is made once. */
function WithStart({ user, card, wrong, seen }: WithStartProps) {
	const [start] = useState(() => {
		const given = {
			...{ id: `drill.${crypto.getRandomValues(new Uint32Array(3)).join("-")}`, siteId: card.siteId, userId: user.id },
			station: user.role === "fire_station" ? user.name : "",
			place: [card.siteName, card.address].filter(Boolean).join(" "),
			...{ laneIds: card.lanes.map(({ laneId }) => laneId), now: Date.now(), localTime },
		};
		return wrong ? draftOf(wrong, given) : beginDraft(given);
	});
	return <RecordForm begin={start} card={card} seen={seen} />;
}
