import { useState } from "react";
import { useTranslation } from "react-i18next";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { exportEvidence } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { useObservable } from "../../observable.ts";
import { ReasonDialog } from "../../components/reason-dialog.tsx";

const receivers = ["others", "authority"] as const;

/** Evidence leaves as one file, with a reason, masked unless it goes to an authority. */
export function ExportEvidence({ alertId }: { readonly alertId: string }) {
	const { t } = useTranslation();
	const mayTransfer = may(useObservable(account), "transfer");
	const [asking, setAsking] = useState(false);
	const [receiver, setReceiver] = useState<(typeof receivers)[number]>("others");
	function wordsOf(error: unknown): string {
		if (!(error instanceof ApiError)) return errorText(t, error);
		if (error.code === "not_sealed") return t("exporting.not_sealed");
		if (error.code === "damaged") return t("exporting.damaged");
		return error.httpStatus === 403 ? t("exporting.not_allowed") : errorText(t, error);
	}
	return (
		<>
			<button type="button" className="button" data-testid="export-evidence" onClick={() => setAsking(true)}>
				<Icon name="download" />
				{t("exporting.action")}
			</button>
			{asking && (
				<ReasonDialog
					title={t("exporting.title")}
					hint={t("exporting.hint")}
					action={t("exporting.action")}
					onGiven={async (reason) =>
						saveFile(await exportEvidence(alertId, reason, receiver), `${alertId}.evidence.zip`)
					}
					wordsOf={wordsOf}
					onClose={() => setAsking(false)}
				>
					<fieldset className="export-receivers">
						<legend>{t("exporting.receiver")}</legend>
						{receivers
							.filter((each) => each === "others" || mayTransfer)
							.map((each) => (
								<label key={each} className="check">
									<input
										type="radio"
										name="receiver"
										value={each}
										checked={receiver === each}
										onChange={() => setReceiver(each)}
									/>
									{t(`exporting.${each}`)}
								</label>
							))}
					</fieldset>
				</ReasonDialog>
			)}
		</>
	);
}

/** Offers a file as a download; the browser asks where it goes. */
function saveFile(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), keptMs);
}

/** The browser has begun to read it long before. */
const keptMs = 60_000;
