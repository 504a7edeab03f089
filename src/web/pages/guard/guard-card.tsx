import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { maxPhotoBytes, type PhotoMoment, photoMoments } from "#contract/guard-api.ts";
import { Field } from "../../components/field.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { PhotoButton } from "../../components/photo-button.tsx";
import { say } from "../../components/notices.tsx";
import { TickingDwell } from "../../components/ticking.tsx";
import { enqueue } from "../../guard/guard-queue.ts";
import type { QueuedAction } from "../../guard/guard-store.ts";
import { useGuardPicture } from "../../guard/kept-pictures.ts";
import { labelWord } from "../../i18n/label-word.ts";
import { standingOf } from "../alerts/drawn-words.tsx";
import { HandlingTags } from "../handling/handling-panel.tsx";

interface GuardCardProps {
	readonly alert: AlertAnswer;
	readonly userId: string;
	readonly queued: readonly QueuedAction[];
}

const steps = ["on_the_way", "on_site", "reported_cleared"] as const;

/** One alert: what stands where, and what a guard may say of it with a thumb. Kept on the phone before it is sent. */
export function GuardCard({ alert, userId, queued }: GuardCardProps) {
	const { t } = useTranslation();
	const [note, setNote] = useState("");
	const own = queued.filter(({ alertId }) => alertId === alert.id);
	const still = alert.evidence.find(({ kind }) => kind === "still_raised");
	const picture = useGuardPicture(alert);
	const { handling, laneName, cameraName } = alert;

	async function put(action: Pick<QueuedAction, "kind"> & Partial<Pick<QueuedAction, "note" | "moment" | "photo">>) {
		try {
			await enqueue({ ...{ note: null, moment: null, photo: null }, ...action, userId, alertId: alert.id, laneName });
			return true;
		} catch {
			say(t("guard.notKept"), "bad");
			return false;
		}
	}

	async function takePhoto(moment: PhotoMoment, photo: File) {
		if (photo.size > maxPhotoBytes) return say(t("guard.photoTooLarge"), "bad");
		// The file behind an input may be gone after a reload: its bytes are kept.
		const bytes = new Blob([await photo.arrayBuffer()], { type: photo.type });
		if (!(await isPicture(bytes))) return say(t("guard.photoWrong"), "bad");
		await put({ kind: "photo", moment, photo: bytes });
	}

	return (
		<article
			id={`alert-${alert.id}`}
			tabIndex={-1}
			className="guard-card card"
			data-testid="guard-card"
			data-alert={alert.id}
		>
			<LanePicture
				src={picture}
				alt={t("guard.picture", { lane: laneName })}
				fit="whole"
				{...(still ? standingOf(alert) : {})}
			/>
			<h3>{laneName}</h3>
			<p className="soft">
				{cameraName} · {labelWord(t, alert.label)}
			</p>
			<p className="guard-state">
				<strong>{t(`handling.state_${handling.state}`)}</strong>
				{alert.clearedAt === null && (
					<span className="guard-dwell">
						<TickingDwell since={alert.enteredAt} />
					</span>
				)}
			</p>
			<HandlingTags alert={alert} />
			{handling.dispatchNote !== null && <blockquote className="handover-note">{handling.dispatchNote}</blockquote>}
			<div className="guard-steps">
				{steps.map((kind) => (
					<button
						key={kind}
						type="button"
						className={kind === "on_the_way" ? "button primary" : "button"}
						data-testid={`guard-${kind}`}
						onClick={() => void put({ kind })}
					>
						{t(`guard.${kind}`)}
						{own.some((action) => action.kind === kind) && <span className="tag">{t("guard.kept")}</span>}
					</button>
				))}
				{photoMoments.map((moment) => (
					<PhotoButton
						key={moment}
						label={t(`guard.photo_${moment}`)}
						testIds={{ file: `guard-file-${moment}`, button: `guard-photo-${moment}` }}
						onPhoto={(photo) => void takePhoto(moment, photo)}
					/>
				))}
				<button
					type="button"
					className="button danger"
					data-testid="guard-needs_police"
					onClick={() => void put({ kind: "needs_police" })}
				>
					{t("handling.needsPolice")}
				</button>
			</div>
			<form
				className="guard-note"
				onSubmit={(event) => {
					event.preventDefault();
					if (note.trim() !== "") void put({ kind: "note", note: note.trim() }).then((kept) => kept && setNote(""));
				}}
			>
				<Field label={t("handling.note")}>
					{(tied) => (
						<textarea
							{...tied}
							name="note"
							rows={2}
							maxLength={500}
							value={note}
							onChange={(event) => setNote(event.target.value)}
						/>
					)}
				</Field>
				<button type="submit" className="button" disabled={note.trim() === ""} data-testid="guard-add-note">
					{t("guard.addNote")}
				</button>
			</form>
		</article>
	);
}

/** By its first bytes, as the server does: what it would refuse is said while the guard still stands there. */
async function isPicture(file: Blob): Promise<boolean> {
	const [a, b, c] = new Uint8Array(await file.slice(0, 3).arrayBuffer());
	return (a === 0xff && b === 0xd8 && c === 0xff) || (a === 0x89 && b === 0x50 && c === 0x4e);
}
