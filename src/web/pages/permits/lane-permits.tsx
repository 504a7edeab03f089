import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PermitAnswer } from "#contract/policy-api.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { loadPermits } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { IfMay } from "../../components/if-may.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { useTicking } from "../../time/clock.ts";
import { formatShort } from "../../time/format-time.ts";
import { EndPermitDialog, PermitDialog } from "./permit-dialogs.tsx";
import "./permits.css";

interface LanePermitsProps {
	readonly laneId: string;
	/** An alert is open there: a permit does not clear it. */
	readonly hasOpenAlert?: boolean;
}

/** Who may stand in this lane, until when and why; given and ended here. */
export function LanePermits({ laneId, hasOpenAlert = false }: LanePermitsProps) {
	const { t } = useTranslation();
	const { value, error, reload } = useLoaded(`permits ${laneId}`, (signal) => loadPermits(laneId, signal));
	const [asked, setAsked] = useState<"add" | PermitAnswer | null>(null);
	const waiting = value?.permits.some(({ applied }) => !applied) ?? false;
	useEffect(
		() =>
			onChanges((changes) => {
				const told = changes.some(({ kind, value: what }) => kind === "lane" && what.id === laneId);
				if (changes.length === 0 || told || (waiting && changes.some(({ kind }) => kind === "camera"))) reload();
			}),
		[laneId, waiting, reload],
	);
	const close = () => {
		setAsked(null);
		reload();
	};
	const holding = useTicking((now) => value?.permits.filter(({ until }) => until > now).length ?? 0);
	const permits = value?.permits.slice(0) ?? [];
	return (
		<section className="permits" aria-labelledby={`permits-${laneId}`} data-testid="permits">
			<div className="section-head">
				<h3 id={`permits-${laneId}`}>{t("permit.title")}</h3>
				<IfMay right="permit">
					<button type="button" className="button small" data-testid="add-permit" onClick={() => setAsked("add")}>
						<Icon name="plus" size={16} />
						{t("permit.add")}
					</button>
				</IfMay>
			</div>
			{error !== null && <p className="inline-error">{errorText(t, error)}</p>}
			{value && holding === 0 && <p className="soft">{t("permit.none")}</p>}
			<ul>
				{permits.map((permit) => (
					<PermitLine key={permit.id} permit={permit} onEnd={() => setAsked(permit)} />
				))}
			</ul>
			{hasOpenAlert && holding > 0 && <p className="field-hint">{t("permit.openStays")}</p>}
			{asked === "add" && <PermitDialog laneId={laneId} onClose={close} />}
			{asked !== null && asked !== "add" && <EndPermitDialog permit={asked} onClose={close} />}
		</section>
	);
}

function PermitLine({ permit, onEnd }: { readonly permit: PermitAnswer; readonly onEnd: () => void }) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const { plate, from, until, reason, by, applied } = permit;
	const state = useTicking((now) => (now >= until ? "over" : now < from ? "coming" : "holds"));
	const mayEnd = may(who, "administer") || (may(who, "permit") && who.state === "signed_in" && who.user.name === by);
	if (state === "over") return null;
	const time = (at: number) => formatShort(at, currentLanguage());
	return (
		<li className="permit" data-testid="permit" data-state={state} data-applied={applied}>
			<div>
				<p>
					<strong>{plate ?? t("permit.anyVehicle")}</strong>
					{state === "coming" && <span className="tag">{t("permit.notYet")}</span>}
				</p>
				<p className="digits">{t("permit.span", { from: time(from), until: time(until) })}</p>
				<p className="soft">
					{reason} · {t("permit.by", { by })}
					{!applied && <> · {t("permit.applying")}</>}
				</p>
			</div>
			{mayEnd && (
				<button type="button" className="button small" data-testid="end-permit" onClick={onEnd}>
					{t("permit.end")}
				</button>
			)}
		</li>
	);
}
