import type { Ref } from "react";
import { Field } from "../../components/field.tsx";
import "./factor.css";

interface CodeFieldProps {
	readonly label: string;
	readonly hint?: string;
	readonly error: string | null;
	readonly value: string;
	readonly onValue: (text: string) => void;
	/** Six digits alone: a telephone shows its digits. Otherwise recovery codes too. */
	readonly digits?: boolean;
	readonly autoFocus?: boolean;
	readonly input?: Ref<HTMLInputElement>;
}

/** Blanks and dashes that are pasted along do no harm: the server leaves them out. */
export function CodeField({ label, hint, error, value, onValue, digits = false, autoFocus, input }: CodeFieldProps) {
	return (
		<Field label={label} hint={hint} error={error}>
			{(tied) => (
				<input
					{...tied}
					ref={input}
					className="code-input"
					name="code"
					inputMode={digits ? "numeric" : "text"}
					autoComplete="one-time-code"
					autoCapitalize="none"
					spellCheck={false}
					autoFocus={autoFocus}
					maxLength={40}
					value={value}
					onChange={({ target }) => onValue(target.value)}
				/>
			)}
		</Field>
	);
}
