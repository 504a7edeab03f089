import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { account, may } from "../../account.ts";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { DoneBar } from "../organisation/done-bar.tsx";
import { nameOfParty } from "../organisation/part-name.ts";
import { ResponsibleDialog } from "../organisation/responsible-dialog.tsx";
import { useOrganisation } from "../organisation/use-organisation.ts";
import { SamePlace } from "./same-place.tsx";
import "../organisation/organisation.css";

/** Of each lane that a camera shows: who is responsible, and which others show the same place. */
export function CameraLanes({ zones }: { readonly zones: CameraAnswer["zones"] }) {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const lanes = useObservable(live, ({ picture }) => picture?.lanes);
	const shown = zones.flatMap(({ id }) => lanes?.get(id) ?? []);
	const { value: organisation, take, done, undo } = useOrganisation(shown.map(({ id }) => id).join(" "));
	const [askedId, setAskedId] = useState<string | null>(null);
	if (shown.length === 0) return null;
	return (
		<section className="card org-card" aria-labelledby="camera-lanes" data-testid="camera-lanes">
			<h2 id="camera-lanes">{t("place.lanes")}</h2>
			<DoneBar text={done?.text ?? null} onUndo={done?.undo ? undo : null} />
			<ul className="org-list">
				{shown.map((lane) => {
					const known = organisation?.lanes.find(({ id }) => id === lane.id);
					return (
						<li key={lane.id} className="lane-facts" data-lane={lane.id}>
							<h3>{lane.name}</h3>
							{organisation && known && (
								<div className="lane-facts-row">
									<span>
										<span className="soft">{t("organisation.responsible")}</span>{" "}
										{nameOfParty(t, organisation, known.responsibleId)}
										{known.partyId === null && ` (${t("organisation.ofSite")})`}
									</span>
									{mayConfigure && (
										<button
											type="button"
											className="button small"
											aria-label={`${t("organisation.change")}: ${t("organisation.responsibleOf", { name: lane.name })}`}
											data-testid="lane-responsible"
											onClick={() => setAskedId(lane.id)}
										>
											{t("organisation.change")}
										</button>
									)}
								</div>
							)}
							<SamePlace lane={lane} mayChange={mayConfigure} />
						</li>
					);
				})}
			</ul>
			{askedId !== null && organisation && (
				<ResponsibleDialog
					of="lane"
					id={askedId}
					organisation={organisation}
					onTake={take}
					onClose={() => setAskedId(null)}
				/>
			)}
		</section>
	);
}
