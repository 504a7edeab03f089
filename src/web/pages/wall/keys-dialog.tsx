import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/dialog.tsx";

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
	const { t } = useTranslation();
	const rows = [
		[[t("keys.arrowKeys")], t("keys.arrows")],
		[["Enter", t("keys.space")], t("keys.open")],
		[["A"], t("keys.acknowledge")],
		[["/"], t("keys.search")],
		[["?"], t("keys.help")],
		[["Esc"], t("keys.escape")],
	] as const;
	return (
		<Dialog title={t("keys.title")} onClose={onClose} testId="keys">
			<dl className="keys">
				{rows.map(([keys, words]) => (
					<div key={words}>
						<dt>
							{keys.map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{words}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
