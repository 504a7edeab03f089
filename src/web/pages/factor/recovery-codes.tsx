import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icon.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";

interface RecoveryCodesProps {
	readonly codes: readonly string[];
	readonly userName: string;
	readonly onDone: () => void;
}

/** The server keeps hashes alone: this is the one time that they can be read. */
export function RecoveryCodes({ codes, userName, onDone }: RecoveryCodesProps) {
	const { t } = useTranslation();
	const [kept, setKept] = useState(false);
	const [madeAt] = useState(() => Date.now());
	const head = t("factor.fileHead", {
		server: `${t("app.name")} ${location.host}`,
		user: userName,
		time: formatInstant(madeAt, currentLanguage()),
	});
	const text = `${head}\n\n${codes.join("\n")}\n`;

	function download() {
		const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
		const link = Object.assign(document.createElement("a"), { href: url, download: "keepclear-recovery-codes.txt" });
		link.click();
		URL.revokeObjectURL(url);
	}

	return (
		<div className="factor-form" data-testid="recovery-codes">
			<p className="inline-note">
				<Icon name="warning" />
				{t("factor.keepText")}
			</p>
			<div className="recovery-paper">
				<p className="recovery-head">{head}</p>
				<ol className="recovery-list">
					{codes.map((code) => (
						<li key={code}>
							<code>{code}</code>
						</li>
					))}
				</ol>
			</div>
			<div className="buttons">
				<CopyButton text={text} label={t("common.copy")} />
				<button type="button" className="button" data-testid="recovery-download" onClick={download}>
					<Icon name="download" />
					{t("factor.download")}
				</button>
				<button type="button" className="button" onClick={() => window.print()}>
					{t("factor.print")}
				</button>
			</div>
			<label className="check">
				<input type="checkbox" name="kept" checked={kept} onChange={({ target }) => setKept(target.checked)} />
				{t("factor.kept")}
			</label>
			<button
				type="button"
				className="button primary wide"
				disabled={!kept}
				data-testid="recovery-done"
				onClick={onDone}
			>
				{t("factor.done")}
			</button>
		</div>
	);
}
