import { useId, useState } from "react";

interface MetreFieldProps {
	readonly name: string;
	readonly label: string;
	/** Null: not measured. */
	readonly value: number | null;
	/** Null where the text is no such number. */
	readonly read: (text: string) => number | null;
	readonly onValue: (value: number | null) => void;
	readonly placeholder: string;
	/** What to say of a text that cannot be read. */
	readonly problem: string;
}

/** A number of metres without a visible label, for a table of them. What is typed stays as long as it means the value. */
export function MetreField({ name, label, value, read, onValue, placeholder, problem }: MetreFieldProps) {
	const id = useId();
	const [typed, setTyped] = useState<string | null>(null);
	const text = typed !== null && read(typed) === value ? typed : String(value ?? "");
	const bad = text.trim() !== "" && read(text) === null;
	return (
		<div className={bad ? "field field-wrong" : "field"}>
			<input
				name={name}
				aria-label={label}
				aria-invalid={bad}
				aria-describedby={`${id}-error`}
				inputMode="text"
				autoComplete="off"
				placeholder={placeholder}
				value={text}
				onChange={({ target }) => {
					setTyped(target.value);
					onValue(read(target.value));
				}}
				onBlur={() => !bad && setTyped(null)}
			/>
			<p className={bad ? "field-error" : "visually-hidden"} id={`${id}-error`} aria-live="polite">
				{bad ? problem : ""}
			</p>
		</div>
	);
}
