import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { guardBack } from "./back-guard.ts";
import { Dialog } from "./dialog.tsx";

/** Asks before unsaved changes are lost: by a link, by the browser's "back", by closing the tab. */
export function LeaveGuard({ dirty }: { readonly dirty: boolean }) {
	const { t } = useTranslation();
	const [, navigate] = useLocation();
	const [target, setTarget] = useState<string | null>(null);
	const leaving = useRef(false);

	useEffect(() => {
		if (!dirty) return;
		const onUnload = (event: BeforeUnloadEvent) => {
			if (!leaving.current) event.preventDefault();
		};
		const onClick = (event: MouseEvent) => {
			const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
			if (!link || link.origin !== location.origin || link.target !== "" || link.hasAttribute("download")) return;
			if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.hash !== "") return;
			event.preventDefault();
			event.stopPropagation();
			setTarget(link.pathname + link.search);
		};
		const releaseBack = guardBack(setTarget);
		addEventListener("beforeunload", onUnload);
		addEventListener("click", onClick, true);
		return () => {
			removeEventListener("beforeunload", onUnload);
			removeEventListener("click", onClick, true);
			releaseBack();
		};
	}, [dirty]);

	if (target === null) return null;
	return (
		<Dialog title={t("camera.unsavedTitle")} onClose={() => setTarget(null)} testId="leave-dialog">
			<p>{t("camera.unsaved")}</p>
			<div className="buttons buttons-end">
				<button
					type="button"
					className="button danger"
					data-testid="leave"
					onClick={() => {
						leaving.current = true;
						setTarget(null);
						navigate(target);
					}}
				>
					{t("camera.leave")}
				</button>
				<button type="button" className="button primary" data-testid="stay" onClick={() => setTarget(null)}>
					{t("camera.stay")}
				</button>
			</div>
		</Dialog>
	);
}
