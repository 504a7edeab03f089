import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import { Icon } from "../../components/icon.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";

/** Whether the camera can be seen, in a word. */
export function CameraHealthBadge({ health }: Pick<CameraAnswer, "health">) {
	const { t } = useTranslation();
	const state = health?.state ?? "none";
	return (
		<span className={`health health-${state}`} data-testid="camera-health" data-state={state}>
			<span className="health-mark" aria-hidden="true" />
			{health ? t(`camera.${health.state}`) : t("camera.noHealth")}
		</span>
	);
}

/** What is wrong with the camera and what to do about it; nothing where all is well. */
export function CameraProblems({ health }: Pick<CameraAnswer, "health">) {
	const { t } = useTranslation();
	if (!health) return <ProblemNote title={t("camera.noHealth")} hint={t("camera.noHealthHint")} />;
	return (
		<>
			{health.problem !== null && (
				<ProblemNote
					title={t(`problem.${health.problem}`)}
					hint={t(`problemHint.${health.problem}`)}
					since={t("camera.sinceTime", { time: formatShort(health.since, currentLanguage()) })}
				/>
			)}
			{health.state === "online" && !health.recording && (
				<ProblemNote title={t("camera.notRecording")} hint={t("camera.notRecordingHint")} />
			)}
		</>
	);
}

interface ProblemNoteProps {
	readonly title: string;
	readonly hint: string;
	readonly since?: string;
}

export function ProblemNote({ title, hint, since }: ProblemNoteProps) {
	return (
		<div className="problem" data-testid="camera-problem">
			<Icon name="warning" />
			<p>
				<strong>{title}</strong>
				{since && <span className="soft digits"> {since}</span>}
				<span className="problem-hint">{hint}</span>
			</p>
		</div>
	);
}
