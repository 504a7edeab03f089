import { useState } from "react";
import { timeOfDayOf } from "./time-of-day.ts";

interface TimeFieldProps {
	readonly id: string;
	/** `HH:MM`. */
	readonly value: string;
	readonly disabled: boolean;
	readonly testId: string;
	readonly onTime: (time: string) => void;
}

/**
 * A time of day, 00:00 to 23:59: a browser's own field shows morning and afternoon in the language of the browser, not
 * of the page. What cannot be read is marked, and gives way to what holds when the field is left.
 */
export function TimeField({ id, value, disabled, testId, onTime }: TimeFieldProps) {
	const [typed, setTyped] = useState<string | null>(null);
	const bad = typed !== null && timeOfDayOf(typed) === null;
	const shown = typed !== null && (bad || timeOfDayOf(typed) === value) ? typed : value;
	return (
		<span className={bad ? "field-wrong" : undefined}>
			<input
				id={id}
				className="digits"
				inputMode="text"
				autoComplete="off"
				maxLength={5}
				placeholder="00:00"
				aria-invalid={bad}
				disabled={disabled}
				value={shown}
				data-testid={testId}
				onChange={({ target }) => {
					setTyped(target.value);
					const time = timeOfDayOf(target.value);
					if (time !== null) onTime(time);
				}}
				onBlur={() => setTyped(null)}
			/>
		</span>
	);
}
