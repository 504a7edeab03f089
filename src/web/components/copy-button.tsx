import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

interface CopyButtonProps {
	readonly text: string;
	readonly label: string;
	readonly iconOnly?: boolean;
}

export function CopyButton({ text, label, iconOnly = false }: CopyButtonProps) {
	const { t } = useTranslation();
	const [copied, setCopied] = useState(false);

	async function copy() {
		if (!(await copyText(text))) return;
		setCopied(true);
		setTimeout(() => setCopied(false), 2_000);
	}

	return (
		<button
			type="button"
			className={iconOnly ? "button quiet square" : "button"}
			aria-label={label}
			title={label}
			data-testid="copy"
			onClick={() => void copy()}
		>
			<Icon name={copied ? "check" : "copy"} />
			{!iconOnly && (copied ? t("common.copied") : t("common.copy"))}
			<span className="visually-hidden" role="status">
				{copied && t("common.copied")}
			</span>
		</button>
	);
}

/** Over plain HTTP in a site's own network browsers offer no clipboard; the old way works there. */
async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		const field = document.createElement("textarea");
		field.value = text;
		// Inside an open window, since everything outside is inert.
		(document.querySelector("dialog[open]") ?? document.body).append(field);
		field.select();
		const done = document.execCommand("copy");
		field.remove();
		return done;
	}
}
