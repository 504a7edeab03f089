import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ClueAnswer } from "#contract/clues-api.ts";
import type { EntryKind } from "#core/transfer/transfer-words.ts";
import { ApiError } from "../../api/http.ts";
import { loadClue, verifyClue } from "../../api/police-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant, formatMoment } from "../../time/format-time.ts";
import { ClipPlayer } from "../alerts/clip-player.tsx";
import { PhotoSet } from "../alerts/photo-set.tsx";
import { Letters } from "../review/plate-letters.tsx";
import { EntryDialog } from "../transfers/entry-dialog.tsx";
import { TransferCard } from "../transfers/transfer-card.tsx";
import { ComparePhotos } from "./compare-photos.tsx";
import "../alerts/alerts.css";
import "../review/review.css";
import "../transfers/transfers.css";
import "./clues.css";

/** What comes next, by where it stands. */
const nextSteps = {
	sent: ["receipt", "returned"],
	received: ["accepted", "returned"],
	accepted: ["notice_sent", "towed", "handled", "returned"],
	returned: [],
	handled: ["objection"],
} as const satisfies Record<ClueAnswer["transfer"]["state"], readonly EntryKind[]>;

/** One clue as it was handed over, and what one's authority makes of it. */
export default function CluePage({ number }: { readonly number: string }) {
	const { t } = useTranslation();
	const { value, error, loading, reload, put } = useLoaded(`clue ${number}`, (signal) => loadClue(number, signal));
	if (loading) return <p className="loading">{t("app.loading")}</p>;
	if (error instanceof ApiError && error.httpStatus === 410) {
		return <Message icon="out" title={number} hint={t("transfer.deleted")} />;
	}
	if (!value) return <Failure title={number} error={error} onRetry={reload} />;
	return <Clue clue={value} onClue={put} />;
}

function Clue({ clue, onClue }: { readonly clue: ClueAnswer; readonly onClue: (clue: ClueAnswer) => void }) {
	const { t } = useTranslation();
	const [asked, setAsked] = useState<EntryKind | null>(null);
	const { transfer, alert, plate, reviews, siteName, roadClass, law } = clue;
	const steps: readonly EntryKind[] = nextSteps[transfer.state];
	const onTransfer = (next: ClueAnswer["transfer"]) => onClue({ ...clue, transfer: next });
	return (
		<div className="page clue-page" data-testid="clue-page" data-state={transfer.state}>
			<Link href="/clues" className="back-link">
				<Icon name="back" size={16} />
				{t("inbox.page")}
			</Link>
			<div className="page-head">
				<h1>
					<span className="digits">{transfer.number}</span> <span className="tag">{t("transfer.clue")}</span>
				</h1>
			</div>
			<section className="clue-head card">
				<p className="plate" data-testid="clue-plate">
					{plate ? <Letters text={plate.text} colour={plate.colour ?? "unknown"} /> : t("transfer.goods")}
				</p>
				<dl className="facts">
					<div>
						<dt>{t("transfer.place")}</dt>
						<dd>
							{siteName} · {alert.laneName}
						</dd>
					</div>
					<div>
						<dt>{t("inbox.entered")}</dt>
						<dd className="digits">{formatMoment(alert.enteredAt, currentLanguage())}</dd>
					</div>
					<div>
						<dt>{t("inbox.raised")}</dt>
						<dd className="digits">{formatMoment(alert.raisedAt, currentLanguage())}</dd>
					</div>
					<div>
						<dt>{t("inbox.law")}</dt>
						<dd>
							{t(`inbox.road_${roadClass}`)} · {law}
						</dd>
					</div>
				</dl>
				{steps.length > 0 && (
					<div className="buttons" role="group" aria-label={t("inbox.actions")}>
						{steps.map((kind, index) => (
							<button
								key={kind}
								type="button"
								className={index === 0 ? "button primary" : "button"}
								data-testid={`say-${kind}`}
								onClick={() => setAsked(kind)}
							>
								{t(`transfer.entry_${kind}`)}
							</button>
						))}
					</div>
				)}
			</section>
			<ComparePhotos alert={alert} />
			<PhotoSet alert={alert} />
			<section aria-labelledby="clue-clip">
				<h3 id="clue-clip">{t("inbox.clip")}</h3>
				<ClipPlayer alert={alert} />
			</section>
			<section className="card clue-trail" aria-labelledby="clue-reviews">
				<h3 id="clue-reviews">{t("inbox.reviews")}</h3>
				<ol>
					{reviews.map(({ step, by, at, note }) => (
						<li key={step}>
							<strong>{t(step === "confirmed" ? "review.confirmation" : "review.approval")}</strong>{" "}
							<span className="digits">{t("review.saidBy", { by, time: formatInstant(at, currentLanguage()) })}</span>
							{note && <span className="soft"> · {note}</span>}
						</li>
					))}
				</ol>
				<Verification number={transfer.number} />
			</section>
			<section className="card" aria-labelledby="clue-transfer">
				<h3 id="clue-transfer">{t("transfer.title")}</h3>
				<TransferCard transfer={transfer} onTransfer={onTransfer} />
			</section>
			{asked && (
				<EntryDialog
					transfer={transfer}
					corrects={null}
					kind={asked}
					onTransfer={onTransfer}
					onClose={() => setAsked(null)}
				/>
			)}
		</div>
	);
}

function Verification({ number }: { readonly number: string }) {
	const { t } = useTranslation();
	const { value, error, loading, reload } = useLoaded(`verification ${number}`, (signal) => verifyClue(number, signal));
	if (loading) return <p className="soft">{t("inbox.verifying")}</p>;
	if (!value) return <Failure title={t("inbox.verification")} error={error} onRetry={reload} />;
	return (
		<p className={value.holds ? "clue-holds" : "clue-damaged"} data-testid="verification" data-holds={value.holds}>
			<Icon name={value.holds ? "check" : "warning"} size={18} />{" "}
			{value.holds ? t("inbox.holds", { count: value.files }) : t("inbox.damaged")}
			{value.damaged && <span className="soft"> {value.damaged}</span>}
		</p>
	);
}
