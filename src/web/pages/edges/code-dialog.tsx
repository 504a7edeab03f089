import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import type { CodeAnswer } from "#contract/enrolment-api.ts";
import { codeForMs } from "#core/enrolment/code.ts";
import { makeEdgeCode } from "../../api/keepclear-api.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { InlineError } from "../../components/inline-error.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTicking } from "../../time/clock.ts";
import { formatDwell } from "../../time/format-duration.ts";

interface CodeDialogProps {
	readonly issued: CodeAnswer;
	/** The edge as it is now. */
	readonly edge: EdgeAnswer;
	readonly onAnother: (issued: CodeAnswer) => void;
	readonly onClose: () => void;
}

/** What has become of a code: it waits, its edge has its credentials, its edge is there, nobody came. */
type CodeState = "waiting" | "enrolled" | "online" | "over";

/** The server keeps no code: this is the one time that it can be read. */
export function CodeDialog({ issued, edge, onAnother, onClose }: CodeDialogProps) {
	const { t } = useTranslation();
	const state = useCodeState(issued, edge);
	const left = useTicking((now) => formatDwell(Math.max(0, issued.until - now), currentLanguage()));
	const command = [
		"node scripts/keepclear.mjs enrol \\",
		"  --config /etc/keepclear/edge.yaml \\",
		`  --server ${location.origin} \\`,
		`  --code ${issued.code}`,
	].join("\n");
	return (
		<Dialog title={t("edge.codeTitle", { name: edge.name })} onClose={onClose} dismissable={false} testId="code-dialog">
			{(state === "waiting" || state === "over") && (
				<>
					<div className={state === "over" ? "enrol-code enrol-code-over" : "enrol-code"}>
						<code data-testid="edge-code">{issued.code}</code>
						{state === "waiting" && <CopyButton text={issued.code} label={t("edge.copyCode")} iconOnly />}
					</div>
					<p className="soft">{t("edge.codeText")}</p>
					<div className="enrol-command-head">
						<h3>{t("edge.codeCommand")}</h3>
						<CopyButton text={command} label={t("edge.copyCommand")} />
					</div>
					<pre className="code enrol-command">{command}</pre>
				</>
			)}
			<p className={`enrol-state enrol-state-${state}`} role="status" data-testid="code-state" data-state={state}>
				<Icon name={state === "online" || state === "enrolled" ? "check" : state === "over" ? "warning" : "clock"} />
				<span>
					{t(`edge.code_${state}`)}
					{state === "waiting" && (
						<>
							{" "}
							<span className="digits" aria-hidden="true">
								{t("edge.codeLeft", { left })}
							</span>
						</>
					)}
				</span>
			</p>
			<div className="buttons buttons-end">
				{state === "over" && <AnotherCode edgeId={edge.id} onAnother={onAnother} />}
				<button type="button" className="button primary" data-testid="code-done" onClick={onClose}>
					{t(state === "waiting" ? "edge.codeLater" : "common.close")}
				</button>
			</div>
		</Dialog>
	);
}

function useCodeState({ until }: CodeAnswer, { enrolledAt, state, revokedAt }: EdgeAnswer): CodeState {
	const isOver = useTicking((now) => (now > until ? "over" : "waiting"));
	if (enrolledAt === null || enrolledAt < until - codeForMs || revokedAt !== null) return isOver;
	return state === "online" ? "online" : "enrolled";
}

function AnotherCode({
	edgeId,
	onAnother,
}: {
	readonly edgeId: string;
	readonly onAnother: CodeDialogProps["onAnother"];
}) {
	const { t } = useTranslation();
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);

	async function make() {
		setBusy(true);
		setError(null);
		await makeEdgeCode(edgeId).then(onAnother, setError);
		setBusy(false);
	}

	return (
		<>
			<InlineError error={error} />
			<button type="button" className="button" disabled={busy} onClick={() => void make()}>
				{t("edge.codeAnother")}
			</button>
		</>
	);
}
