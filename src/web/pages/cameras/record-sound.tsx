import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { maxSoundBytes, type SoundAnswer, soundWords, usualWords } from "#contract/sounds-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { putSound } from "../../api/sounds-api.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { say } from "../../components/notices.tsx";

interface RecordSoundProps {
	readonly cameraId: string;
	readonly sound: SoundAnswer["sound"];
	readonly onSound: (answer: SoundAnswer) => void;
}

/** Takes a recording, and in words what is heard in it. */
export function RecordSound({ cameraId, sound, onSound }: RecordSoundProps) {
	const { t } = useTranslation();
	const [words, setWords] = useState(sound?.words ?? usualWords);
	const [busy, setBusy] = useState(false);
	const [wrong, setWrong] = useState<string | null>(null);
	const input = useRef<HTMLInputElement>(null);
	const given = soundWords.safeParse(words);

	async function upload({ target }: ChangeEvent<HTMLInputElement>) {
		const file = target.files?.[0];
		target.value = "";
		if (!file || busy || !given.success) return;
		if (file.size > maxSoundBytes) return setWrong(t("speaker.tooLarge"));
		setBusy(true);
		setWrong(null);
		try {
			onSound(await putSound(cameraId, given.data, file));
			say(t("speaker.stored"));
		} catch (failure) {
			setWrong(wordsOf(failure));
		} finally {
			setBusy(false);
		}
	}

	function wordsOf(failure: unknown): string {
		if (!(failure instanceof ApiError)) return errorText(t, failure);
		if (failure.httpStatus === 413) return t("speaker.tooLarge");
		if (failure.httpStatus === 415) return t("speaker.wrongType");
		const { code } = failure;
		return code === "too_long" || code === "silent" || code === "wrong_content"
			? t(`speaker.${code}`)
			: errorText(t, failure);
	}

	return (
		<>
			<Field
				label={t("speaker.words")}
				hint={t("speaker.limits")}
				error={given.success ? wrong : t("speaker.wordsWrong")}
			>
				{(tied) => (
					<input {...tied} name="sound-words" value={words} onChange={({ target }) => setWords(target.value)} />
				)}
			</Field>
			<input
				ref={input}
				type="file"
				hidden
				accept="audio/*,.m4a,.amr,.flac"
				data-testid="sound-file"
				onChange={(event) => void upload(event)}
			/>
			<button
				type="button"
				className="button"
				disabled={busy || !given.success}
				data-testid="upload-sound"
				onClick={() => input.current?.click()}
			>
				<Icon name="plus" />
				{t(busy ? "speaker.uploading" : sound ? "speaker.replace" : "speaker.upload")}
			</button>
		</>
	);
}
