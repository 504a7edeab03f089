import { type ReactNode, useState } from "react";
import { CodeForm } from "./code-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import "./sign-in.css";

interface SignInFormProps {
	readonly knownName?: string;
	/** What is said below the first step. */
	readonly children?: ReactNode;
}

/** In two steps where a code is asked for; used by the sign-in page and by the window that comes up when a session has ended. */
export function SignInForm({ knownName = "", children }: SignInFormProps) {
	const [name, setName] = useState(knownName);
	const [step, setStep] = useState<"password" | "code" | "password_again">("password");
	if (step === "code") {
		return <CodeForm onBack={() => setStep("password")} onOver={() => setStep("password_again")} />;
	}
	return (
		<>
			<PasswordForm
				name={name}
				mayBeScreen={knownName === ""}
				isAgain={step === "password_again"}
				onName={setName}
				onCodeOwed={() => setStep("code")}
			/>
			{children}
		</>
	);
}
