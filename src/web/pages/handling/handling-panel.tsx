import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { HandlingAnswer } from "#contract/handling-api.ts";
import { repeatFrom } from "#contract/handling-api.ts";
import type { HandlingKind } from "#core/handling/handling-words.ts";
import { loadHandling } from "../../api/handling-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Failure } from "../../components/message.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { HandlingLog } from "./handling-log.tsx";
import { type KeyedKind, handlingKeys, keyedKinds, useHandlingKeys } from "./handling-keys.ts";
import { Timers } from "./timers.tsx";
import { useHandlingStart } from "./use-handling-start.ts";
import "./handling.css";

/** Where the case stands, what may be done now, and what was done; the page around it keeps the alert up to date. */
export function HandlingPanel({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const { value, error, reload } = useLoaded(`handling ${alert.id}`, (signal) => loadHandling(alert.id, signal));
	const { position, state, alertIds } = alert.handling;
	const stamp = `${position} ${state} ${alertIds.length}`;
	useEffect(reload, [stamp, reload]);
	const shown = useLast(value);
	if (!shown) return error === null ? null : <Failure title={t("handling.title")} error={error} onRetry={reload} />;
	return <Panel alert={alert} answer={shown} />;
}

type OfferedKind = Exclude<KeyedKind, "taken_back" | "note">;
const fromSpot = ["on_site", "reported_cleared", "needs_police"] as const satisfies readonly HandlingKind[];

function Panel({ alert, answer }: { readonly alert: AlertAnswer; readonly answer: HandlingAnswer }) {
	const { t } = useTranslation();
	const { handling } = alert;
	const { busy, problem, asked, start, close, undo } = useHandlingStart(alert);
	const may = (kind: HandlingKind) => answer.may.includes(kind);
	const undone = answer.entries.find(({ position }) => position === answer.undoable);
	useHandlingKeys((kind) => {
		if (kind === "taken_back") {
			if (undone) void undo(undone.position);
			return undone !== undefined;
		}
		if (!may(kind)) return false;
		start(kind, answer.needNote.includes(kind));
		return true;
	});
	const offered = keyedKinds.filter(
		(kind): kind is OfferedKind => kind !== "taken_back" && kind !== "note" && may(kind),
	);
	return (
		<section
			className="handling card"
			aria-labelledby="handling-title"
			data-testid="handling"
			data-state={handling.state}
		>
			<div className="handling-head">
				<h3 id="handling-title">{t(`handling.state_${handling.state}`)}</h3>
				<HandlingTags alert={alert} vehicleAlerts={answer.vehicleAlerts} />
			</div>
			<Timers handling={handling} />
			<div className="buttons">
				{offered.map((kind, index) => (
					<KeyButton
						key={kind}
						kind={kind}
						primary={index === 0}
						busy={busy}
						onClick={() => start(kind, answer.needNote.includes(kind))}
					/>
				))}
				{may("note") && <KeyButton kind="note" primary={false} busy={busy} onClick={() => start("note", true)} />}
				{undone && (
					<button
						type="button"
						className="button quiet"
						disabled={busy}
						data-testid="handle-undo"
						aria-keyshortcuts={handlingKeys.taken_back}
						onClick={() => void undo(undone.position)}
					>
						{t("handling.undo", { what: t(`handling.kind_${undone.kind}`) })}
						<kbd>{handlingKeys.taken_back}</kbd>
					</button>
				)}
			</div>
			<details>
				<summary>{t("handling.more")}</summary>
				<div className="buttons">
					{fromSpot.map((kind) => (
						<button
							key={kind}
							type="button"
							className="button small"
							disabled={busy}
							data-testid={`handle-${kind}`}
							onClick={() => start(kind, false)}
						>
							{t(`handling.kind_${kind}`)}
						</button>
					))}
				</div>
			</details>
			{problem !== null && (
				<p role="alert" className="inline-error" data-testid="handling-problem">
					{problem}
				</p>
			)}
			<HandlingLog entries={answer.entries} />
			{asked !== null && <AskDialog alert={alert} kind={asked} onClose={close} />}
		</section>
	);
}

interface KeyButtonProps {
	readonly kind: Exclude<KeyedKind, "taken_back">;
	readonly primary: boolean;
	readonly busy: boolean;
	readonly onClick: () => void;
}

function KeyButton({ kind, primary, busy, onClick }: KeyButtonProps) {
	const { t } = useTranslation();
	const key = handlingKeys[kind];
	return (
		<button
			type="button"
			className={primary ? "button primary" : "button"}
			disabled={busy}
			aria-keyshortcuts={key}
			data-testid={`handle-${kind}`}
			onClick={onClick}
		>
			{t(`handling.kind_${kind}`)}
			<kbd>{key}</kbd>
		</button>
	);
}

interface HandlingTagsProps {
	readonly alert: AlertAnswer;
	readonly vehicleAlerts?: number | null;
}

/** Who is on it, how far it is escalated, and what comes back again and again. */
export function HandlingTags({ alert, vehicleAlerts = null }: HandlingTagsProps) {
	const { t } = useTranslation();
	const { who, level, relapses, spotAlerts, alertIds, needsPolice } = alert.handling;
	return (
		<span className="handling-tags">
			{level !== null && (
				<span className="tag tag-loud" data-testid="level">
					{t("handling.kind_escalated")} · {t(`handling.level_${level}`)}
				</span>
			)}
			{needsPolice && <span className="tag tag-loud">{t("handling.needsPolice")}</span>}
			{who !== null && <span className="tag">{t("handling.who", { who })}</span>}
			{relapses > 0 && <span className="tag">{t("handling.relapses", { count: relapses })}</span>}
			{spotAlerts >= repeatFrom && (
				<span className="tag" data-testid="repeat-spot">
					{t("handling.spot", { count: spotAlerts })}
				</span>
			)}
			{vehicleAlerts !== null && vehicleAlerts >= repeatFrom && (
				<span className="tag" data-testid="repeat-vehicle">
					{t("handling.vehicle", { count: vehicleAlerts })}
				</span>
			)}
			{alertIds.length - relapses > 1 && (
				<span className="tag">{t("handling.merged", { count: alertIds.length - relapses })}</span>
			)}
		</span>
	);
}

/** The last there was, while the next one is on its way. */
function useLast<T>(value: T | null): T | null {
	const [last, setLast] = useState(value);
	if (value !== null && value !== last) setLast(value);
	return value ?? last;
}
