import { useTranslation } from "react-i18next";
import type { PasswordAnswer } from "#contract/users-api.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Icon } from "../../components/icon.tsx";

interface PasswordDialogProps {
	readonly issued: PasswordAnswer;
	readonly onClose: () => void;
}

/** The server keeps a hash alone: this is the one time that it can be read. */
export function PasswordDialog({ issued: { user, password }, onClose }: PasswordDialogProps) {
	const { t } = useTranslation();
	return (
		<Dialog title={t("users.passwordTitle")} onClose={onClose} dismissable={false} testId="password-dialog">
			<p className="inline-note">
				<Icon name="warning" />
				{t("users.passwordText", { name: user.name })}
			</p>
			<div className="first-password">
				<code data-testid="first-password">{password}</code>
				<CopyButton text={password} label={t("common.copy")} />
			</div>
			<div className="buttons buttons-end">
				<button type="button" className="button primary" data-testid="password-noted" onClick={onClose}>
					{t("users.passwordDone")}
				</button>
			</div>
		</Dialog>
	);
}
