import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
	type MarkingAnswer,
	markingContentTypes,
	type MarkingKind,
	markingKinds,
	maxMarkingBytes,
} from "#contract/markings-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import { account, may } from "../../account.ts";
import { loadMarkings, markingUrl, putMarking, removeMarking } from "../../api/clues-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant } from "../../time/format-time.ts";
import "./markings.css";

/** Of each lane of a camera the photos of its published marking and sign. */
export function CameraMarkings({ zones }: { readonly zones: readonly Pick<ZoneBody, "id" | "name" | "kind">[] }) {
	const { t } = useTranslation();
	const lanes = zones.filter(({ kind }) => kind !== "ignore");
	if (lanes.length === 0) return null;
	return (
		<section id="markings" className="card markings" aria-labelledby="markings-title" data-testid="markings">
			<h2 id="markings-title">{t("marking.title")}</h2>
			<p className="soft">{t("marking.hint")}</p>
			{lanes.map(({ id, name }) => (
				<LaneMarkings key={id} laneId={id} laneName={name} />
			))}
		</section>
	);
}

function LaneMarkings({ laneId, laneName }: { readonly laneId: string; readonly laneName: string }) {
	const { t } = useTranslation();
	const { value, error, reload } = useLoaded(`markings ${laneId}`, (signal) => loadMarkings(laneId, signal));
	return (
		<div data-testid="lane-markings" data-lane={laneId}>
			<h3>{laneName}</h3>
			<InlineError error={error} />
			{!value && error === null && <p className="loading">{t("app.loading")}</p>}
			{value && (
				<div className="marking-photos">
					{markingKinds.map((kind) => (
						<MarkingPhoto
							key={kind}
							{...{ laneId, laneName, kind }}
							marking={value.markings.find((each) => each.kind === kind) ?? null}
							onChanged={reload}
						/>
					))}
				</div>
			)}
		</div>
	);
}

interface MarkingPhotoProps {
	readonly laneId: string;
	readonly laneName: string;
	readonly kind: MarkingKind;
	readonly marking: MarkingAnswer | null;
	readonly onChanged: () => void;
}

function MarkingPhoto({ laneId, laneName, kind, marking, onChanged }: MarkingPhotoProps) {
	const { t } = useTranslation();
	const mayChange = may(useObservable(account), "configure");
	const input = useRef<HTMLInputElement>(null);
	const [busy, setBusy] = useState(false);
	const [removing, setRemoving] = useState(false);
	const name = t("marking.photoOf", { lane: laneName, kind: t(`marking.${kind}`) });

	async function upload({ target }: ChangeEvent<HTMLInputElement>) {
		const file = target.files?.[0];
		target.value = "";
		if (!file || busy) return;
		if (file.size > maxMarkingBytes) return say(t("marking.tooLarge"), "bad");
		if (!markingContentTypes.some((type) => type === file.type)) return say(t("marking.wrongType"), "bad");
		setBusy(true);
		try {
			await putMarking(laneId, kind, file);
			say(t("marking.stored"));
			onChanged();
		} catch (failure) {
			const status = failure instanceof ApiError ? failure.httpStatus : 0;
			const word = status === 413 ? "tooLarge" : status === 415 ? "wrongType" : status === 422 ? "broken" : null;
			say(word ? t(`marking.${word}`) : errorText(t, failure), "bad");
		} finally {
			setBusy(false);
		}
	}

	return (
		<figure data-testid={`marking-${kind}`} data-there={marking !== null}>
			{marking ? (
				<img src={markingUrl(marking.id)} alt={name} width={marking.widthPx} height={marking.heightPx} loading="lazy" />
			) : (
				<p className="evidence-missing">
					<Icon name="warning" />
					{t("marking.missing")}
				</p>
			)}
			<figcaption>
				<strong>{t(`marking.${kind}`)}</strong>
				{marking && <MarkingTimes marking={marking} />}
				{mayChange && (
					<span className="buttons">
						<input
							ref={input}
							type="file"
							hidden
							accept={markingContentTypes.join(",")}
							data-testid={`file-${kind}`}
							onChange={(event) => void upload(event)}
						/>
						<button
							type="button"
							className="button small"
							disabled={busy}
							aria-label={`${t(marking ? "marking.replace" : "marking.upload")}: ${name}`}
							onClick={() => input.current?.click()}
						>
							{busy ? t("marking.uploading") : t(marking ? "marking.replace" : "marking.upload")}
						</button>
						{marking && (
							<button
								type="button"
								className="button small quiet"
								aria-label={`${t("common.remove")}: ${name}`}
								onClick={() => setRemoving(true)}
							>
								{t("common.remove")}
							</button>
						)}
					</span>
				)}
			</figcaption>
			{removing && (
				<ConfirmDialog
					title={t("marking.removeTitle")}
					confirm={t("common.remove")}
					danger
					testId="remove-marking"
					onConfirm={() => removeMarking(laneId, kind).then(onChanged)}
					onClose={() => setRemoving(false)}
				>
					{t("marking.removeText")}
				</ConfirmDialog>
			)}
		</figure>
	);
}

function MarkingTimes({ marking }: { readonly marking: MarkingAnswer }) {
	const { t } = useTranslation();
	const { takenAt, storedAt, by } = marking;
	const time = (at: number) => formatInstant(at, currentLanguage());
	return (
		<span className="soft digits">
			{takenAt !== null && `${t("marking.takenAt", { time: time(takenAt) })} · `}
			{t("marking.storedAt", { by, time: time(storedAt) })}
		</span>
	);
}
