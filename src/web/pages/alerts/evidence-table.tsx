import { useTranslation } from "react-i18next";
import type { EvidenceAnswer } from "#contract/alerts-api.ts";
import { evidenceUrl } from "../../api/keepclear-api.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Icon } from "../../components/icon.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";

/** Every file that proves the alert, with what a later check compares. */
export function EvidenceTable({ evidence }: { readonly evidence: readonly EvidenceAnswer[] }) {
	const { t } = useTranslation();
	if (evidence.length === 0) return null;
	return (
		<section aria-labelledby="evidence-title">
			<h3 id="evidence-title">{t("alert.evidence")}</h3>
			<ul className="evidence card">
				{evidence.map(({ id, kind, capturedAt, bytes, sha256, contentType }) => (
					<li key={id}>
						<div>
							<strong>{t(`alert.kind_${kind}`)}</strong>
							<span className="soft digits">
								{formatInstant(capturedAt, currentLanguage())} · {formatBytes(bytes)}
							</span>
							<code title={t("alert.digest")}>{sha256}</code>
						</div>
						<div className="evidence-buttons">
							<CopyButton text={sha256} label={t("alert.copyDigest")} iconOnly />
							<a
								className="button quiet square"
								href={evidenceUrl(id)}
								download={`${id}.${contentType === "video/mp4" ? "mp4" : "jpg"}`}
								aria-label={`${t("alert.download")}: ${t(`alert.kind_${kind}`)}`}
								title={t("alert.download")}
							>
								<Icon name="download" />
							</a>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}

function formatBytes(bytes: number): string {
	return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
