import { type ReactNode, useId } from "react";

interface FieldProps {
	readonly label: string;
	readonly hint?: ReactNode;
	readonly error?: string | null | undefined;
	/** Gets the ids that tie label, hint and error to the control. */
	readonly children: (props: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A labelled control with its hint and, where wrong, what is wrong with it. */
export function Field({ label, hint, error, children }: FieldProps) {
	const id = useId();
	return (
		<div className={error ? "field field-wrong" : "field"}>
			<label htmlFor={id}>{label}</label>
			{children({ id, "aria-describedby": `${id}-hint ${id}-error`, "aria-invalid": Boolean(error) })}
			{hint && (
				<p className="field-hint" id={`${id}-hint`}>
					{hint}
				</p>
			)}
			<p className="field-error" id={`${id}-error`} aria-live="polite">
				{error}
			</p>
		</div>
	);
}
