import { useTranslation } from "react-i18next";
import type { EdgeTokenAnswer } from "#contract/edges-api.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";

interface TokenDialogProps {
	readonly issued: EdgeTokenAnswer;
	readonly onClose: () => void;
}

/** The server keeps the token's hash alone: this is the one time that it can be read. */
export function TokenDialog({ issued: { edge, token }, onClose }: TokenDialogProps) {
	const { t } = useTranslation();
	const example = [
		`siteId: ${edge.siteId}`,
		`edgeId: ${edge.id}`,
		"server:",
		`  url: ${location.origin}`,
		"  tokenFile: edge-token",
		"mqtt:",
		`  url: mqtt://${location.hostname}:1883`,
	].join("\n");
	return (
		<Dialog title={t("edge.tokenTitle")} onClose={onClose} dismissable={false} testId="token-dialog">
			<p className="inline-note">
				<Icon name="warning" />
				{t("edge.tokenText", { name: edge.name })}
			</p>
			<div className="token">
				<code data-testid="edge-token">{token}</code>
				<CopyButton text={token} label={t("common.copy")} />
			</div>
			<h3>{t("edge.config")}</h3>
			<pre className="code token-example">{example}</pre>
			<div className="buttons buttons-end">
				<button type="button" className="button primary" data-testid="token-done" onClick={onClose}>
					{t("edge.tokenDone")}
				</button>
			</div>
		</Dialog>
	);
}
