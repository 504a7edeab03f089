import { useTranslation } from "react-i18next";
import type { CallState } from "#core/drill/call-state.ts";
import { StateSign } from "../../components/state-sign.tsx";
import { signOf } from "./call-words.ts";

/** Free, blocked or unknown: by word, by outline, and by colour. */
export function CallSign({ state, size = 17 }: { readonly state: CallState; readonly size?: number }) {
	const { t } = useTranslation();
	return (
		<span className={`call-sign call-sign-${state}`} data-testid="call-sign" data-state={state}>
			<StateSign state={signOf[state]} size={size} />
			{t(`call.state_${state}`)}
		</span>
	);
}
