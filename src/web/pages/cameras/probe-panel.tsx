import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { ProbeAnswer } from "#contract/probes-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadProbe, startProbe } from "../../api/keepclear-api.ts";
import { untilAnswered } from "../../api/until-answered.ts";
import { Icon } from "../../components/icon.tsx";
import { type CameraFields, problemsOf, urlOf } from "./camera-form.ts";
import { ProblemNote } from "./camera-health.tsx";

interface ProbePanelProps {
	readonly fields: CameraFields;
	readonly camera: CameraAnswer | null;
	/** What the camera told, of the address that was asked for; null where nobody knows. */
	readonly onAudioOut: (told: { readonly audioOut: boolean | null; readonly address: string }) => void;
	/** The fields hold something that cannot be tried. */
	readonly onProblems: () => void;
}

type Probe =
	| { readonly kind: "none" }
	| { readonly kind: "waiting"; readonly startedAt: number }
	| { readonly kind: "answered"; readonly answer: ProbeAnswer; readonly asked: string }
	| { readonly kind: "error"; readonly error: unknown };

/** "Connect and show me a picture": the edge tries the camera as it is typed, before anything is saved. */
export function ProbePanel({ fields, camera, onAudioOut, onProblems }: ProbePanelProps) {
	const { t } = useTranslation();
	const [probe, setProbe] = useState<Probe>({ kind: "none" });
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);
	const asked = JSON.stringify([urlOf(fields, camera), fields.transport, fields.edgeId]);

	async function start() {
		const { address, edgeId, password } = problemsOf(fields, camera);
		if (address ?? edgeId ?? password) return onProblems();
		running.current?.abort();
		const given = new AbortController();
		running.current = given;
		setProbe({ kind: "waiting", startedAt: Date.now() });
		try {
			const question = { edgeId: fields.edgeId, url: urlOf(fields, camera), transport: fields.transport };
			const begun = await startProbe(camera ? { ...question, cameraId: camera.id } : question, given.signal);
			const answer = await untilAnswered(begun, () => loadProbe(begun.id, given.signal));
			setProbe({ kind: "answered", answer, asked });
			if (answer.state === "ok") onAudioOut({ audioOut: answer.audioOut, address: question.url });
		} catch (error) {
			if (!given.signal.aborted) setProbe({ kind: "error", error });
		}
	}

	return (
		<section className="probe card" aria-label={t("camera.probe")} data-testid="probe" data-state={stateOf(probe)}>
			<button
				type="button"
				className="button wide"
				disabled={probe.kind === "waiting"}
				data-testid="probe-start"
				onClick={() => void start()}
			>
				<Icon name="camera" />
				{t("camera.probe")}
			</button>
			<div className="probe-result" aria-live="polite">
				{probe.kind === "none" && <p className="soft">{t("camera.probeHint")}</p>}
				{probe.kind === "waiting" && <ProbeWaiting startedAt={probe.startedAt} />}
				{probe.kind === "error" && <p className="inline-error">{errorText(t, probe.error)}</p>}
				{probe.kind === "answered" && <ProbeResult answer={probe.answer} stale={probe.asked !== asked} />}
			</div>
		</section>
	);
}

const stateOf = (probe: Probe) => (probe.kind === "answered" ? probe.answer.state : probe.kind);

function ProbeWaiting({ startedAt }: { readonly startedAt: number }) {
	const { t } = useTranslation();
	const [seconds, setSeconds] = useState(0);
	useEffect(() => {
		const timer = setInterval(() => setSeconds(Math.round((Date.now() - startedAt) / 1000)), 500);
		return () => clearInterval(timer);
	}, [startedAt]);
	return (
		<>
			<div className="probe-waiting skeleton" />
			{/* Counting aloud would drown everything else. */}
			<p className="digits soft" aria-live="off">
				{t("camera.probing", { seconds })}
			</p>
		</>
	);
}

function ProbeResult({ answer, stale }: { readonly answer: ProbeAnswer; readonly stale: boolean }) {
	const { t } = useTranslation();
	const { state, problem, detail, video, picture, audioOut } = answer;
	if (state === "ok") {
		return (
			<>
				{picture !== null && (
					<img
						className={stale ? "probe-picture probe-stale" : "probe-picture"}
						src={picture}
						alt={t("camera.probeOk")}
					/>
				)}
				{stale ? (
					<p className="inline-note">{t("camera.probeStale")}</p>
				) : (
					<p className="inline-good">
						<Icon name="check" />
						{t("camera.probeOk")}
						{video && ` · ${t("camera.video", video)}`}
						{audioOut && ` · ${t("speaker.hasAudioOut")}`}
					</p>
				)}
			</>
		);
	}
	if (state === "edge_silent")
		return <ProblemNote title={t("camera.probeSilent")} hint={t("camera.probeSilentHint")} />;
	const word = problem ?? "unknown";
	return (
		<>
			<ProblemNote title={t(`problem.${word}`)} hint={t(`problemHint.${word}`)} />
			{detail !== null && (
				<p className="soft probe-detail">
					{t("camera.detail")}: <code>{detail}</code>
				</p>
			)}
		</>
	);
}
