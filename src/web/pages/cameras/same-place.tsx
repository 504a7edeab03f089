import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { errorText } from "../../api/error-text.ts";
import { setPlace } from "../../api/handling-api.ts";
import { ApiError } from "../../api/http.ts";
import { pictureUrl } from "../../api/keepclear-api.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { Field } from "../../components/field.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { say } from "../../components/notices.tsx";
import { live } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";

/** What the lane points to, as the server has it. */
const pointsTo = ({ id, placeId }: LaneAnswer) => (placeId === id ? null : placeId);

/** Which other lanes show the same place; joined and separated here. */
export function SamePlace({ lane, mayChange }: { readonly lane: LaneAnswer; readonly mayChange: boolean }) {
	const { t } = useTranslation();
	const lanes = useObservable(live, ({ picture }) => picture?.lanes);
	const [asked, setAsked] = useState<"join" | "separate" | null>(null);
	const here = [...(lanes?.values() ?? [])].filter(({ siteId, id }) => siteId === lane.siteId && id !== lane.id);
	const same = here.filter(({ placeId }) => placeId === lane.placeId);
	const others = here.filter(({ placeId }) => placeId !== lane.placeId);
	return (
		<div className="lane-facts-row" data-testid="same-place">
			<span>
				{same.length > 0
					? t("place.sameAs", { names: same.map(({ name, cameraName }) => `${name} (${cameraName})`).join("、") })
					: t("place.none")}
			</span>
			{mayChange && (
				<span className="buttons">
					{others.length > 0 && (
						<button type="button" className="button small" data-testid="join-place" onClick={() => setAsked("join")}>
							{t("place.join")}
						</button>
					)}
					{same.length > 0 && (
						<button
							type="button"
							className="button small"
							data-testid="separate-place"
							onClick={() => setAsked("separate")}
						>
							{t("place.separate")}
						</button>
					)}
				</span>
			)}
			{asked === "join" && <JoinDialog lane={lane} others={others} onClose={() => setAsked(null)} />}
			{asked === "separate" && (
				<ConfirmDialog
					title={t("place.separateTitle", { name: lane.name })}
					confirm={t("place.separate")}
					testId="separate-dialog"
					onConfirm={async () => {
						try {
							await setPlace(lane.id, { sameAs: null, before: pointsTo(lane) });
							say(t("place.separated", { name: lane.name }));
						} catch (failure) {
							if (!isOvertaken(failure)) throw failure;
							say(t("place.overtaken"), "bad");
						}
					}}
					onClose={() => setAsked(null)}
				>
					{t("place.separateText")}
				</ConfirmDialog>
			)}
		</div>
	);
}

const isOvertaken = (error: unknown) => error instanceof ApiError && error.httpStatus === 409;

interface JoinDialogProps {
	readonly lane: LaneAnswer;
	readonly others: readonly LaneAnswer[];
	readonly onClose: () => void;
}

/** Both pictures side by side, so that a person sees whether it is one place. */
function JoinDialog({ lane, others, onClose }: JoinDialogProps) {
	const { t } = useTranslation();
	// Of what the dialog came up with: a change meanwhile is told, not joined over.
	const [before] = useState(pointsTo(lane));
	const [chosenId, setChosenId] = useState("");
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const chosen = others.find(({ id }) => id === chosenId);

	async function join() {
		setTried(true);
		if (!chosen || busy) return;
		setBusy(true);
		setError(null);
		try {
			await setPlace(lane.id, { sameAs: chosen.placeId, before });
			say(t("place.joined", { names: `${lane.name}、${chosen.name}` }));
			onClose();
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	return (
		<Dialog title={t("place.joinTitle", { name: lane.name })} onClose={onClose} look="wide" testId="join-dialog">
			<p className="soft">{t("place.hint")}</p>
			<Field label={t("place.choose")} error={tried && !chosen ? t("place.chooseNone") : null}>
				{(tied) => (
					<select {...tied} name="other-lane" value={chosenId} onChange={({ target }) => setChosenId(target.value)}>
						<option value="" />
						{others.map(({ id, name, cameraName }) => (
							<option key={id} value={id}>{`${name} · ${cameraName}`}</option>
						))}
					</select>
				)}
			</Field>
			{chosen && <p>{t("place.compare")}</p>}
			<div className="place-pictures">
				<PlacePicture lane={lane} />
				{chosen && <PlacePicture key={chosen.id} lane={chosen} />}
			</div>
			{error !== null && (
				<p role="alert" className={isOvertaken(error) ? "inline-note" : "inline-error"}>
					{isOvertaken(error) ? t("place.overtaken") : errorText(t, error)}
				</p>
			)}
			<DialogButtons
				go={busy ? t("common.saving") : t("place.confirm")}
				busy={busy}
				testId="join-confirm"
				onGo={() => void join()}
				onClose={onClose}
			/>
		</Dialog>
	);
}

function PlacePicture({ lane: { name, cameraId, cameraName, pictureAt, polygon } }: { readonly lane: LaneAnswer }) {
	return (
		<figure>
			<LanePicture
				src={pictureAt === null ? null : pictureUrl(cameraId, pictureAt)}
				alt={`${name} · ${cameraName}`}
				polygon={polygon}
				fit="whole"
			/>
			<figcaption>
				<strong>{name}</strong> <span className="soft">{cameraName}</span>
			</figcaption>
		</figure>
	);
}
