import { useTranslation } from "react-i18next";
import { handlingKeys, keyedKinds } from "../handling/handling-keys.ts";
import { Dialog } from "../../components/dialog.tsx";

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
	const { t } = useTranslation();
	const rows = [
		[[t("keys.arrowKeys")], t("keys.arrows")],
		[["Enter", t("keys.space")], t("keys.open")],
		...keyedKinds.map((kind) => [[handlingKeys[kind]], t(`handling.kind_${kind}`)] as const),
		[["V"], t("keys.live")],
		[["M"], t("keys.map")],
		[["W"], t("keys.full")],
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
