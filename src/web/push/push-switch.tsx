import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../api/error-text.ts";
import { ApiError } from "../api/http.ts";
import { useLoaded } from "../api/use-loaded.ts";
import { Icon } from "../components/icon.tsx";
import { say } from "../components/notices.tsx";
import { currentLanguage } from "../i18n/i18n.ts";
import { endPush, pushHere, type PushState, startPush } from "./push-here.ts";
import "./push.css";

/** Whether one is told on this phone of what is given to one; never asked for before it is pressed. */
export function PushSwitch({ userId }: { readonly userId: string }) {
	const { t } = useTranslation();
	const { value, put } = useLoaded(`push ${userId} ${currentLanguage()}`, pushHere);
	const [busy, setBusy] = useState(false);
	async function change(to: () => Promise<PushState>) {
		setBusy(true);
		try {
			put(await to());
		} catch (error) {
			// The push service of the browser's maker cannot be reached from here, or the browser has none.
			say(error instanceof ApiError ? errorText(t, error) : t("guard.pushFailed"), "bad");
		} finally {
			setBusy(false);
		}
	}
	if (value === null) return null;
	return (
		<section className="card push-switch" data-testid="push-switch" data-state={value}>
			<div>
				<h2>{t("guard.pushTitle")}</h2>
				<p className="soft">{t(`guard.push_${value}`)}</p>
			</div>
			{(value === "off" || value === "on") && (
				<button
					type="button"
					className="button"
					disabled={busy}
					onClick={() => void change(value === "off" ? startPush : endPush)}
				>
					<Icon name="bell" />
					{t(value === "off" ? "guard.pushStart" : "guard.pushEnd")}
				</button>
			)}
		</section>
	);
}
