import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../api/error-text.ts";
import { Icon, type IconName } from "./icon.tsx";

interface MessageProps {
	readonly icon: IconName;
	readonly title: string;
	readonly hint?: string;
	readonly children?: ReactNode;
	readonly testId?: string;
}

/** What stands in place of content: nothing there yet, nothing found. */
export function Message({ icon, title, hint, children, testId }: MessageProps) {
	return (
		<div className="message" data-testid={testId}>
			<span className="message-icon">
				<Icon name={icon} size={28} />
			</span>
			<h2>{title}</h2>
			{hint && <p>{hint}</p>}
			{children && <div className="message-actions">{children}</div>}
		</div>
	);
}

interface FailureProps {
	readonly title: string;
	readonly error: unknown;
	readonly onRetry: () => void;
}

/** Content could not be loaded. */
export function Failure({ title, error, onRetry }: FailureProps) {
	const { t } = useTranslation();
	return (
		<div role="alert">
			<Message icon="warning" title={title} hint={errorText(t, error)} testId="failure">
				<button type="button" className="button primary" onClick={onRetry}>
					<Icon name="refresh" />
					{t("common.retry")}
				</button>
			</Message>
		</div>
	);
}
