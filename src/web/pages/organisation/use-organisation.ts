import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import { errorText } from "../../api/error-text.ts";
import { loadOrganisation } from "../../api/organisation-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { say } from "../../components/notices.tsx";
import { conflictText } from "./part-words.ts";

/** What was just done, and how it is taken back. */
export interface Done {
	readonly text: string;
	readonly undo: ((now: OrganisationAnswer) => Promise<OrganisationAnswer>) | null;
}

/** The organisation, and the last change made here. @param key loaded anew where it changes */
export function useOrganisation(key = "") {
	const { t } = useTranslation();
	const { value, error, reload, put } = useLoaded(`organisation ${key}`, loadOrganisation);
	const [done, setDone] = useState<Done | null>(null);
	const take = (answer: OrganisationAnswer, change: Done | null) => {
		put(answer);
		setDone(change);
	};
	async function undo() {
		if (!done?.undo || !value) return;
		try {
			take(await done.undo(value), null);
			say(t("organisation.undone"));
		} catch (failure) {
			say(conflictText(t, failure, undefined) ?? errorText(t, failure), "bad");
			setDone(null);
			reload();
		}
	}
	return { value, error, reload, take, done, undo };
}

export type Take = ReturnType<typeof useOrganisation>["take"];
