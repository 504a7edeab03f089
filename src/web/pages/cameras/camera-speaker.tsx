import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { SoundAnswer } from "#contract/sounds-api.ts";
import { loadSound, removeSound, soundUrl } from "../../api/sounds-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";
import { RecordSound } from "./record-sound.tsx";
import { TrySound } from "./try-sound.tsx";

/** The camera's own loudspeaker: whether it has one, what it says, and how it is put to use. */
export function CameraSpeaker({ camera: { id, audioOut } }: { readonly camera: CameraAnswer }) {
	const { t } = useTranslation();
	const { value, error, put } = useLoaded(`sound ${id}`, (signal) => loadSound(id, signal));
	const sound = value?.sound ?? null;
	return (
		<details
			className="card camera-technical camera-speaker"
			open={audioOut === true || sound !== null}
			data-testid="camera-speaker"
		>
			<summary>{t("speaker.title")}</summary>
			<p className="soft">
				{t(audioOut === null ? "speaker.unknown" : audioOut ? "speaker.present" : "speaker.absent")}
			</p>
			<InlineError error={error} />
			{sound && <Recorded cameraId={id} sound={sound} onRemoved={() => put({ sound: null })} />}
			{value && <RecordSound key={sound?.at} cameraId={id} sound={sound} onSound={put} />}
			{sound && <TrySound cameraId={id} />}
			{sound && (
				<p className="soft">
					{t("speaker.channelHint")}
					<code className="camera-speaker-channel">{`kind: camera_speaker\ncamera: ${id}`}</code>
				</p>
			)}
		</details>
	);
}

interface RecordedProps {
	readonly cameraId: string;
	readonly sound: NonNullable<SoundAnswer["sound"]>;
	readonly onRemoved: () => void;
}

function Recorded({ cameraId, sound: { words, durationMs, by, at }, onRemoved }: RecordedProps) {
	const { t } = useTranslation();
	const [removing, setRemoving] = useState(false);
	async function remove() {
		await removeSound(cameraId);
		onRemoved();
	}
	return (
		<div className="camera-speaker-sound" data-testid="recorded-sound">
			<p>
				<strong>{words}</strong>
				<span className="soft digits">
					{t("speaker.recorded", {
						by,
						time: formatShort(at, currentLanguage()),
						seconds: Math.max(1, Math.round(durationMs / 1000)),
					})}
				</span>
			</p>
			<audio controls preload="none" src={soundUrl(cameraId, at)} aria-label={words} />
			<button type="button" className="button small danger" onClick={() => setRemoving(true)}>
				<Icon name="trash" />
				{t("common.remove")}
			</button>
			{removing && (
				<ConfirmDialog
					title={t("speaker.removeTitle")}
					confirm={t("common.remove")}
					danger
					testId="remove-sound"
					onConfirm={remove}
					onClose={() => setRemoving(false)}
				>
					{t("speaker.removeText")}
				</ConfirmDialog>
			)}
		</div>
	);
}
