import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { ZoneBody } from "#contract/zones.ts";
import type { SupposedPeriod, WhatIfResultBody } from "#contract/live-api.ts";
import { errorText } from "../../api/error-text.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatRoughly } from "../../time/format-duration.ts";
import { useWhatIf } from "./use-what-if.ts";
import { WhatIfTimeline } from "./what-if-timeline.tsx";

interface WhatIfProps {
	/** As it is saved. */
	readonly camera: CameraAnswer;
	/** As it stands in the editor. */
	readonly zone: ZoneBody;
}

/** "What would the last hour have raised" under the delays that stand beside it, before they are saved. */
export function WhatIf({ camera, zone }: WhatIfProps) {
	const { t } = useTranslation();
	const [asked, setAsked] = useState(false);
	const saved = camera.zones.some(({ id }) => id === zone.id);
	const { answer, busy } = useWhatIf(camera.id, zone, asked && saved);
	if (!saved) return <p className="field-hint">{t("whatIf.unsaved")}</p>;
	return (
		<div
			className="what-if"
			aria-live="polite"
			aria-busy={busy}
			data-testid="what-if"
			data-state={answer?.state ?? "none"}
		>
			{!asked && (
				<button type="button" className="button small" data-testid="what-if-ask" onClick={() => setAsked(true)}>
					{t("whatIf.ask")}
				</button>
			)}
			{asked && answer === null && <p className="soft">{t("whatIf.asking")}</p>}
			{answer?.state === "failed" && <p className="inline-error">{errorText(t, answer.error)}</p>}
			{answer?.state === "edge_silent" && <p className="inline-note">{t("whatIf.silent")}</p>}
			{answer?.state === "done" && answer.result && <WhatIfResult result={answer.result} />}
		</div>
	);
}

function WhatIfResult({ result }: { readonly result: WhatIfResultBody }) {
	const { t } = useTranslation();
	const { from, until, now, supposed } = result;
	if (from === null || until === null) return <p className="inline-note">{t("whatIf.none")}</p>;
	const span = formatRoughly(until - from, currentLanguage());
	const words = { span, now: raised(now), supposed: raised(supposed) };
	return (
		<>
			<p>
				<strong data-testid="what-if-answer">{t("whatIf.answer", { span, count: words.supposed })}</strong>{" "}
				<span className="soft">{t("whatIf.now", { count: words.now })}</span>
			</p>
			<WhatIfTimeline result={{ ...result, from, until }} label={t("whatIf.picture", words)} />
			<p className="field-hint">{t("whatIf.legend")}</p>
		</>
	);
}

/** What was open already when the hour began was raised before it. */
const raised = (periods: readonly SupposedPeriod[]) => periods.filter(({ raisedAt }) => raisedAt !== null).length;
