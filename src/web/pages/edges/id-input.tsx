import type { InputHTMLAttributes } from "react";

interface IdInputProps extends Pick<InputHTMLAttributes<HTMLInputElement>, "id" | "name" | "value"> {
	readonly onValue: (value: string) => void;
}

/** For an id as machines take it: nothing corrects it while it is typed. */
export function IdInput({ onValue, ...tied }: IdInputProps) {
	return (
		<input
			{...tied}
			className="code"
			autoCapitalize="none"
			autoComplete="off"
			spellCheck={false}
			maxLength={63}
			onChange={(event) => onValue(event.target.value)}
		/>
	);
}
