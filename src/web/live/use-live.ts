import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { say } from "../components/notices.tsx";
import { useObservable } from "../observable.ts";
import { ring } from "../sound/alert-sound.ts";
import { runLiveConnection } from "./live-connection.ts";
import { live, onChanges } from "./live-store.ts";
import { endedAlerts, escalatedAlerts, isFresh, needsAction, newAlerts, openCount } from "./wall-picture.ts";

const ringAgainAfterMs = 60_000;

/** Holds the connection while somebody is signed in. */
export function useLiveConnection(signedIn: boolean): void {
	useEffect(() => {
		if (!signedIn) return;
		const ended = new AbortController();
		void runLiveConnection(ended.signal);
		return () => ended.abort();
	}, [signedIn]);
}

/** New alerts are said and heard on whatever page is open, and the title counts what is open. */
export function useAlertAttention(): void {
	const { t } = useTranslation();
	const [location] = useLocation();
	const open = useObservable(live, ({ picture }) => (picture ? openCount(picture) : 0));

	useEffect(() => {
		const page = location.startsWith("/alerts")
			? t("app.alerts")
			: location.startsWith("/cameras")
				? t("app.cameras")
				: location.startsWith("/edges")
					? t("app.edges")
					: null;
		document.title = `${open > 0 ? `(${open}) ` : ""}${page ? `${page} · ` : ""}${t("app.title")}`;
	}, [open, location, t]);

	useEffect(
		() =>
			onChanges((changes, before, after) => {
				const fresh = newAlerts(before, after);
				for (const { laneName, cause } of fresh) {
					say(t("wall.newAlert", { lane: laneName, what: t(`cause.${cause}`) }), "alert");
				}
				const escalated = escalatedAlerts(before, after);
				for (const { laneName, handling } of escalated) {
					say(
						t("handling.escalatedNote", { lane: laneName, level: t(`handling.level_${handling.level ?? "re_ring"}`) }),
						"alert",
					);
				}
				if (fresh.length > 0 || escalated.length > 0) ring();
				// What belongs there by a person's word still stands there; of what nobody kept track of, nobody saw it leave.
				const unseen = new Set(
					changes.map(({ kind, value }) =>
						kind === "alert" && (value.clearedBy === "accepted" || value.clearedBy === "lost_track") ? value.id : null,
					),
				);
				for (const { id, laneName, laneId } of endedAlerts(before, after)) {
					if (after.lanes.has(laneId) && !unseen.has(id)) say(t("wall.clearedNotice", { lane: laneName }));
				}
			}),
		[t],
	);

	useEffect(() => {
		const timer = setInterval(() => {
			const alerts = live.value.picture?.openAlerts.values() ?? [];
			if ([...alerts].some((alert) => isFresh(alert) && needsAction(alert))) ring();
		}, ringAgainAfterMs);
		return () => clearInterval(timer);
	}, []);
}
