import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import type { CodeAnswer } from "#contract/enrolment-api.ts";
import { errorText } from "../../api/error-text.ts";
import { makeEdgeCode, revokeEdge } from "../../api/keepclear-api.ts";
import { ClockWords } from "../../components/clock-words.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ReasonDialog } from "../../components/reason-dialog.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTicking } from "../../time/clock.ts";
import { formatShort } from "../../time/format-time.ts";

interface EdgeCardProps {
	readonly edge: EdgeAnswer;
	readonly siteName: string;
	/** How many cameras it connects. */
	readonly cameras: number;
	readonly mayAdminister: boolean;
	readonly onCode: (answer: CodeAnswer) => void;
}

type Asked = "code" | "revoke";

export function EdgeCard({ edge, siteName, cameras, mayAdminister, onCode }: EdgeCardProps) {
	const { t } = useTranslation();
	const [asked, setAsked] = useState<Asked | null>(null);
	const { id, name, state, since, revokedAt, codeUntil } = edge;
	const revoked = revokedAt !== null;
	const waits = useTicking((now) => (codeUntil !== null && codeUntil > now ? "yes" : "no")) === "yes";
	return (
		<li className="card edge-card" data-testid="edge-card" data-edge={id} data-state={revoked ? "revoked" : state}>
			<div className="edge-head">
				<h2>{name}</h2>
				<span
					className={`health health-${revoked || state === "offline" ? "offline" : state === "online" ? "online" : "none"}`}
				>
					<span className="health-mark" aria-hidden="true" />
					{revoked ? t("edge.revoked") : t(`edge.${state}`)}
				</span>
			</div>
			<dl className="facts">
				<div>
					<dt>{t("edge.id")}</dt>
					<dd className="code">{id}</dd>
				</div>
				<div>
					<dt>{t("edge.site")}</dt>
					<dd>{siteName}</dd>
				</div>
				{since !== null && !revoked && (
					<div>
						<dt>{t(`edge.${state}`)}</dt>
						<dd className="digits">{t("wall.since", { time: formatShort(since, currentLanguage()) })}</dd>
					</div>
				)}
				{revoked && (
					<div>
						<dt>{t("edge.revoked")}</dt>
						<dd className="digits">{t("wall.since", { time: formatShort(revokedAt, currentLanguage()) })}</dd>
					</div>
				)}
				{edge.clock && (
					<div>
						<dt>{t("photos.clock")}</dt>
						<dd>
							<ClockWords reading={edge.clock} mend />
						</dd>
					</div>
				)}
			</dl>
			{revoked && <p className="inline-note">{t("edge.revokedHint")}</p>}
			{!revoked && state === "offline" && <p className="inline-note">{t("edge.offlineHint")}</p>}
			{!revoked && state === "never_seen" && !waits && <p className="inline-note">{t("edge.neverHint")}</p>}
			{waits && codeUntil !== null && (
				<p className="inline-note">{t("edge.codeWaits", { time: formatShort(codeUntil, currentLanguage()) })}</p>
			)}
			<div className="edge-foot">
				<span className="soft">{t("edge.cameras", { count: cameras })}</span>
				{mayAdminister && (
					<div className="buttons">
						<button
							type="button"
							className="button small"
							data-testid="edge-make-code"
							onClick={() => setAsked("code")}
						>
							{t("edge.code")}
						</button>
						{!revoked && (
							<button type="button" className="button small danger" onClick={() => setAsked("revoke")}>
								{t("edge.revoke")}
							</button>
						)}
					</div>
				)}
			</div>
			{asked === "code" && (
				<ConfirmDialog
					title={`${t("edge.code")}: ${name}`}
					confirm={t("edge.code")}
					testId="edge-ask-dialog"
					onConfirm={async () => onCode(await makeEdgeCode(id))}
					onClose={() => setAsked(null)}
				>
					{t("edge.codeAsk")}
				</ConfirmDialog>
			)}
			{asked === "revoke" && (
				<ReasonDialog
					title={`${t("edge.revoke")}: ${name}`}
					hint={t("edge.revokeText")}
					example={t("edge.revokeExample")}
					action={t("edge.revoke")}
					onGiven={(reason) => revokeEdge(id, reason)}
					wordsOf={(error) => errorText(t, error)}
					onClose={() => setAsked(null)}
				/>
			)}
		</li>
	);
}
