import { useTranslation } from "react-i18next";
import { errorText } from "../api/error-text.ts";

/** Why what was asked for did not happen, where it was asked; nothing where `error` is null. */
export function InlineError({ error }: { readonly error: unknown }) {
	const { t } = useTranslation();
	if (error === null) return null;
	return (
		<p role="alert" className="inline-error">
			{errorText(t, error)}
		</p>
	);
}
