import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactorAnswer, ProofBody } from "#contract/factor-api.ts";
import { takeSession } from "../../account.ts";
import { removeFactor, renewRecoveryCodes } from "../../api/factor-api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { DialogButtons } from "../../components/dialog-buttons.tsx";
import { say } from "../../components/notices.tsx";
import { FactorSetUp } from "./factor-set-up.tsx";
import { ProofForm } from "./proof-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

interface SetUpFactorDialogProps {
	readonly asks: FactorAnswer["draftAsks"];
	readonly userName: string;
	readonly onClose: () => void;
}

/** The first one, or one on another telephone. */
export function SetUpFactorDialog({ asks, userName, onClose }: SetUpFactorDialogProps) {
	const { t } = useTranslation();
	const [isSetUp, setIsSetUp] = useState(false);
	const isAnother = asks === "password_and_code";
	return (
		<Dialog
			title={t(isSetUp ? "factor.keepTitle" : isAnother ? "factor.replaceTitle" : "factor.dueTitle")}
			dismissable={!isSetUp}
			testId="factor-dialog"
			onClose={onClose}
		>
			<FactorSetUp
				asks={asks}
				userName={userName}
				buttons={(busy) => <DialogButtons go={t("factor.begin")} busy={busy} testId="factor-begin" onClose={onClose} />}
				onStep={(step) => setIsSetUp(step === "keep")}
				onDone={(session) => {
					takeSession(session);
					say(t("factor.setUpDone"), "good");
					onClose();
				}}
			>
				{isAnother && <p>{t("factor.replaceText")}</p>}
				<p>{t("factor.needApp")}</p>
				<p className="soft">{t("factor.setUpOthers")}</p>
			</FactorSetUp>
		</Dialog>
	);
}

/** Others in the place of those that are used up, or that somebody may have seen. */
export function RenewCodesDialog({ userName, onClose }: { readonly userName: string; readonly onClose: () => void }) {
	const { t } = useTranslation();
	const [codes, setCodes] = useState<readonly string[] | null>(null);
	return (
		<Dialog
			title={t(codes ? "factor.keepTitle" : "factor.renewTitle")}
			dismissable={codes === null}
			testId="factor-dialog"
			onClose={onClose}
		>
			{codes ? (
				<RecoveryCodes codes={codes} userName={userName} onDone={onClose} />
			) : (
				<ProofForm
					asks="password_and_code"
					onProof={async (proof) => {
						setCodes((await renewRecoveryCodes(proof as ProofBody)).recoveryCodes);
						say(t("factor.renewed"), "good");
					}}
					buttons={(busy) => (
						<DialogButtons go={t("factor.renew")} busy={busy} testId="factor-renewed" onClose={onClose} />
					)}
				>
					<p>{t("factor.renewText")}</p>
				</ProofForm>
			)}
		</Dialog>
	);
}

export function RemoveFactorDialog({ onClose }: { readonly onClose: () => void }) {
	const { t } = useTranslation();
	return (
		<Dialog title={t("factor.removeTitle")} testId="factor-dialog" onClose={onClose}>
			<ProofForm
				asks="password_and_code"
				onProof={async (proof) => {
					await removeFactor(proof as ProofBody);
					say(t("factor.removed"), "good");
					onClose();
				}}
				buttons={(busy) => (
					<DialogButtons go={t("factor.remove")} busy={busy} danger testId="factor-removed" onClose={onClose} />
				)}
			>
				<p>{t("factor.removeText")}</p>
			</ProofForm>
		</Dialog>
	);
}
