import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SoundTryAnswer } from "#contract/sounds-api.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { loadSoundTry, trySound } from "../../api/sounds-api.ts";
import { untilAnswered } from "../../api/until-answered.ts";
import { Icon } from "../../components/icon.tsx";

type Tried =
	| { readonly kind: "none" | "waiting" }
	| { readonly kind: "answered"; readonly answer: SoundTryAnswer }
	| { readonly kind: "error"; readonly error: unknown };

/** "Say it now", and what came of it. */
export function TrySound({ cameraId }: { readonly cameraId: string }) {
	const { t } = useTranslation();
	const [tried, setTried] = useState<Tried>({ kind: "none" });
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);

	async function start() {
		const given = new AbortController();
		running.current = given;
		setTried({ kind: "waiting" });
		try {
			const begun = await trySound(cameraId, given.signal);
			const answer = await untilAnswered(begun, () => loadSoundTry(cameraId, given.signal));
			setTried({ kind: "answered", answer });
		} catch (error) {
			if (!given.signal.aborted) setTried({ kind: "error", error });
		}
	}

	const isTaken = tried.kind === "error" && tried.error instanceof ApiError && tried.error.code === "already_queued";
	return (
		<>
			<button
				type="button"
				className="button"
				disabled={tried.kind === "waiting"}
				data-testid="try-sound"
				onClick={() => void start()}
			>
				<Icon name="play" />
				{t(tried.kind === "waiting" ? "speaker.trying" : "speaker.try")}
			</button>
			<div aria-live="polite" data-testid="sound-tried" data-state={stateOf(tried)}>
				{tried.kind === "error" && (
					<p className="inline-error">{isTaken ? t("speaker.taken") : errorText(t, tried.error)}</p>
				)}
				{tried.kind === "answered" && <Outcome answer={tried.answer} />}
			</div>
		</>
	);
}

const stateOf = (tried: Tried) => (tried.kind === "answered" ? tried.answer.state : tried.kind);

function Outcome({ answer: { problem, detail } }: { readonly answer: SoundTryAnswer }) {
	const { t } = useTranslation();
	if (problem === null) {
		return (
			<p className="inline-good">
				<Icon name="check" />
				{t("speaker.said")}
			</p>
		);
	}
	return (
		<>
			<p className="inline-error">
				<Icon name="warning" />
				{t(`speakerProblem.${problem}`)}
			</p>
			{detail !== null && (
				<p className="soft probe-detail">
					{t("camera.detail")}: <code>{detail}</code>
				</p>
			)}
		</>
	);
}
