import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

interface DialogProps {
	readonly title: ReactNode;
	readonly children: ReactNode;
	readonly onClose: () => void;
	/** `drawer` stands at the side, so that the wall behind it stays in sight; `wide` is for pictures; `cover` hides the page. */
	readonly look?: "box" | "drawer" | "wide" | "cover";
	/** False: only what stands inside closes it. */
	readonly dismissable?: boolean;
	readonly testId?: string;
}

/** The browser's own modal dialog: it holds the focus, closes on Escape, and gives the focus back. */
export function Dialog({ title, children, onClose, look = "box", dismissable = true, testId }: DialogProps) {
	const { t } = useTranslation();
	const element = useRef<HTMLDialogElement>(null);
	const titleId = useId();
	useEffect(() => {
		const dialog = element.current;
		const focusedBefore = document.activeElement;
		dialog?.showModal();
		return () => {
			dialog?.close();
			if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
		};
	}, []);
	return (
		<dialog
			ref={element}
			className={`dialog dialog-${look}`}
			aria-labelledby={titleId}
			data-testid={testId}
			onCancel={(event) => {
				if (event.target !== element.current) return;
				event.preventDefault();
				if (dismissable) onClose();
			}}
			onPointerDown={(event) => {
				if (dismissable && event.target === element.current) onClose();
			}}
		>
			<div className="dialog-inside">
				<header className="dialog-head">
					<h2 id={titleId} tabIndex={-1}>
						{title}
					</h2>
					{dismissable && (
						<button type="button" className="button quiet square" aria-label={t("common.close")} onClick={onClose}>
							<Icon name="close" />
						</button>
					)}
				</header>
				<div className="dialog-body">{children}</div>
			</div>
		</dialog>
	);
}
