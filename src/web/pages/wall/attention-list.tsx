import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { repeatFrom } from "#contract/handling-api.ts";
import { account, may } from "../../account.ts";
import { useObservable } from "../../observable.ts";
import { evidenceUrl, pictureUrl } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import { TickingDwell } from "../../components/ticking.tsx";
import { labelWord } from "../../i18n/label-word.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { attentionOrder, isFresh, needsAction, type WallPicture } from "../../live/wall-picture.ts";
import { formatShort } from "../../time/format-time.ts";
import { standingOf } from "../alerts/drawn-words.tsx";
import { handlingKeys } from "../handling/handling-keys.ts";
import { useHandling } from "../handling/use-handling.ts";
import { AlertTag } from "./lane-tile.tsx";

interface AttentionListProps {
	readonly picture: WallPicture;
	/** Whether the wall's filter shows it. What it does not show and needs somebody is counted, and one click away. */
	readonly isHere: (alert: AlertAnswer) => boolean;
	readonly onOpen: (alertId: string) => void;
}

/** Open alerts: what nobody has seen first, newest on top. */
export function AttentionList({ picture, isHere, onOpen }: AttentionListProps) {
	const { t } = useTranslation();
	const [unfolded, setUnfolded] = useState(false);
	const all = attentionOrder(picture.openAlerts.values());
	const alerts = all.filter(isHere);
	const elsewhere = all.filter((alert) => !isHere(alert) && needsAction(alert));
	const toDo = alerts.filter(needsAction);
	const waiting = alerts.filter((alert) => !needsAction(alert));
	const polygonOf = ({ laneId }: AlertAnswer) => picture.lanes.get(laneId)?.polygon;
	const unknown = [...picture.lanes.values()].filter(({ state }) => state === "unknown").length;
	return (
		<section className="attention" aria-labelledby="attention-title" data-testid="attention">
			<h2 id="attention-title">
				{t("wall.attention")}
				{toDo.length > 0 && <span className="count">{toDo.length}</span>}
				<Link href="/handover" className="attention-handover">
					{t("handover.page")}
				</Link>
			</h2>
			{toDo.length === 0 && elsewhere.length > 0 && <p className="soft">{t("laneFilter.calmHere")}</p>}
			{toDo.length === 0 && elsewhere.length === 0 && (
				<div className="attention-calm" data-testid="attention-calm">
					<StateSign state="clear" size={30} />
					<p>
						<strong>{t("wall.calm")}</strong>
						<span>{unknown > 0 ? t("wall.calmUnknown", { count: unknown }) : t("wall.calmHint")}</span>
					</p>
				</div>
			)}
			<ol>
				{toDo.map((alert) => (
					<AttentionCard key={alert.id} alert={alert} polygon={polygonOf(alert)} onOpen={onOpen} />
				))}
			</ol>
			{elsewhere.length > 0 && (
				<>
					<button
						type="button"
						className="button attention-elsewhere"
						aria-expanded={unfolded}
						data-testid="attention-elsewhere"
						onClick={() => setUnfolded(!unfolded)}
					>
						<Icon name="bell" />
						{t("laneFilter.elsewhere", { count: elsewhere.length })}
					</button>
					{unfolded && (
						<ol>
							{elsewhere.map((alert) => (
								<AttentionCard key={alert.id} alert={alert} polygon={polygonOf(alert)} onOpen={onOpen} />
							))}
						</ol>
					)}
				</>
			)}
			{waiting.length > 0 && (
				<>
					<h3>{t("wall.waitingForCamera")}</h3>
					<ol>
						{waiting.map((alert) => (
							<AttentionCard key={alert.id} alert={alert} polygon={polygonOf(alert)} onOpen={onOpen} />
						))}
					</ol>
				</>
			)}
		</section>
	);
}

interface AttentionCardProps {
	readonly alert: AlertAnswer;
	readonly polygon: LaneAnswer["polygon"] | undefined;
	readonly onOpen: (alertId: string) => void;
}

/** Rendered again only when its own alert changes. */
const AttentionCard = memo(function AttentionCard({ alert, polygon, onOpen }: AttentionCardProps) {
	const { t } = useTranslation();
	const mayHandle = may(useObservable(account), "handle");
	const { busy, problem, add } = useHandling();
	const still = alert.evidence.find(({ kind }) => kind === "still_raised");
	const fresh = isFresh(alert) && needsAction(alert);
	return (
		<li className={fresh ? "alert-card alert-fresh" : "alert-card"} data-testid="alert-card" data-alert={alert.id}>
			<LanePicture
				src={still ? evidenceUrl(still.id) : pictureUrl(alert.cameraId, alert.raisedAt)}
				alt=""
				polygon={polygon}
				{...(still ? standingOf(alert) : {})}
			/>
			<div className="alert-card-words">
				<h3>{alert.laneName}</h3>
				<p className="alert-card-what">
					{alert.fixed ? t("alert.fixed") : t(`cause.${alert.cause}`)} · {labelWord(t, alert.label)}
				</p>
				<p className="alert-card-time">
					<strong>
						<TickingDwell since={alert.enteredAt} />
					</strong>
					<span className="soft digits">
						{t("wall.raisedAt", { time: formatShort(alert.raisedAt, currentLanguage()) })}
					</span>
				</p>
				<AlertTag alert={alert} />
				{alert.handling.spotAlerts >= repeatFrom && (
					<span className="tag">{t("handling.spot", { count: alert.handling.spotAlerts })}</span>
				)}
				{problem !== null && (
					<p role="alert" className="inline-error" data-testid="handling-problem">
						{problem}
					</p>
				)}
			</div>
			<div className="alert-card-buttons">
				{fresh && mayHandle && (
					<button
						type="button"
						className="button primary"
						disabled={busy}
						data-testid="acknowledge"
						aria-keyshortcuts={handlingKeys.acknowledged}
						onClick={() => void add(alert, { kind: "acknowledged" })}
					>
						<Icon name="check" />
						{t("wall.acknowledge")}
						<kbd>{handlingKeys.acknowledged}</kbd>
					</button>
				)}
				<button type="button" className="button" data-testid="open-alert" onClick={() => onOpen(alert.id)}>
					{t("wall.openAlert")}
				</button>
			</div>
		</li>
	);
});
