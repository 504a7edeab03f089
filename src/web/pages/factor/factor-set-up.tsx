import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactorAnswer, FactorDraft, FactorSetUp as Made } from "#contract/factor-api.ts";
import type { SessionAnswer } from "#contract/session-api.ts";
import { draftFactor } from "../../api/factor-api.ts";
import { setCsrfToken } from "../../api/http.ts";
import { ProofForm } from "./proof-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { ScanForm } from "./scan-form.tsx";
import "./factor.css";

interface FactorSetUpProps {
	readonly asks: FactorAnswer["draftAsks"];
	readonly userName: string;
	/** What is said before it begins. */
	readonly children: ReactNode;
	/** The last line before it begins; left out: one wide button. */
	readonly buttons?: (busy: boolean) => ReactNode;
	/** Another step is shown. */
	readonly onStep?: (step: Step["name"]) => void;
	/** It is set up, and its person has kept the recovery codes. */
	readonly onDone: (session: SessionAnswer) => void;
}

type Step =
	| { readonly name: "begin"; readonly tooLate: boolean }
	| { readonly name: "scan"; readonly draft: FactorDraft }
	| { readonly name: "keep"; readonly made: Made };

/** Three steps: who it is, a secret and its first code, recovery codes. It holds from the second on. */
export function FactorSetUp({ asks, userName, children, buttons, onStep, onDone }: FactorSetUpProps) {
	const { t } = useTranslation();
	const [step, setStep] = useState<Step>({ name: "begin", tooLate: false });

	function go(next: Step) {
		setStep(next);
		onStep?.(next.name);
	}

	if (step.name === "scan") {
		return (
			<ScanForm
				draft={step.draft}
				onTooLate={() => go({ name: "begin", tooLate: true })}
				onSetUp={(made) => {
					setCsrfToken(made.session.csrfToken); // of the session that took the place of this page's
					go({ name: "keep", made });
				}}
			/>
		);
	}
	if (step.name === "keep") {
		const { recoveryCodes, session } = step.made;
		return <RecoveryCodes codes={recoveryCodes} userName={userName} onDone={() => onDone(session)} />;
	}
	return (
		<ProofForm
			asks={asks}
			onProof={async (proof) => go({ name: "scan", draft: await draftFactor(proof) })}
			buttons={
				buttons ??
				((busy) => (
					<button type="submit" className="button primary wide" disabled={busy} data-testid="factor-begin">
						{t("factor.begin")}
					</button>
				))
			}
		>
			{step.tooLate && (
				<p role="alert" className="inline-error">
					{t("factor.tooLate")}
				</p>
			)}
			{children}
		</ProofForm>
	);
}
