import { randomBytes } from "node:crypto";
import type { EscalationLevel } from "#core/handling/handling-words.ts";
import { may } from "#core/roles/role-table.ts";
import type { Role } from "#core/roles/role-words.ts";
import { scopesOf } from "../accounts/scopes-store.ts";
import { pushChannelName } from "../notices/push-channel.ts";
import { insertNotice } from "../notices/notices-store.ts";
import { areVisible, visibleSites } from "../scope/visible-sites.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Store } from "../store/open-store.ts";
import { type PushSubscription, subscriptionsOf, subscriptionsOfRoles } from "./push-store.ts";
import { pushText } from "./push-words.ts";

type Parts = Pick<ServerParts, "store" | "now">;

/** Whose phones ring at which level: those who answer for the site in that role. The police get what is handed to them. */
export const toldByPush: Readonly<Record<EscalationLevel, readonly Role[]>> = {
	re_ring: ["duty_officer"],
	manager: ["property_manager", "unit_head"],
	property_manager: ["property_manager", "unit_head"],
	street_and_fire: ["street_officer", "fire_station", "fire_supervisor"],
	police_and_tow: [],
};

/** In the transaction of what it tells of: a kill loses neither. */
export function tellGivenByPush({ store, now }: Parts, alertId: string, userId: string): void {
	queue(store, subscriptionsOf(store, userId), { alertId, level: null, at: now() });
}

export function tellEscalatedByPush(
	{ store, now }: Parts,
	{ alertId, siteId, level }: { readonly alertId: string; readonly siteId: string; readonly level: EscalationLevel },
): void {
	queue(store, subscriptionsToTell(store, siteId, level), { alertId, level, at: now() });
}

export const subscriptionsToTell = (
	store: Store,
	siteId: string,
	level: EscalationLevel,
): readonly PushSubscription[] =>
	subscriptionsOfRoles(
		store,
		toldByPush[level].filter((role) => may(role, "watch")),
	).filter(({ userId }) => areVisible(visibleSites(store, scopesOf(store, userId)), [siteId]));

interface Told {
	readonly alertId: string;
	readonly level: EscalationLevel | null;
	readonly at: number;
}

function queue(store: Store, subscriptions: readonly PushSubscription[], { alertId, level, at }: Told): void {
	if (subscriptions.length === 0) return;
	const place = placeOf(store, alertId);
	if (!place) return;
	for (const { id: pushTo, language, userName } of subscriptions) {
		const id = `notice-${randomBytes(8).toString("hex")}`;
		const text = pushText({ ...place, sinceMs: at - place.enteredAt, level }, language);
		const whom = { channel: pushChannelName, phone: null, phoneShown: userName, pushTo };
		insertNotice(store, { id, alertId, text, at, userId: null, ...whom });
	}
}

const placeOf = (store: Store, alertId: string) =>
	store
		.prepare<[string], { site: string; lane: string; enteredAt: number }>(
			`SELECT coalesce(s.name, l.site_id) AS site, l.name AS lane, a.entered_at AS enteredAt
			FROM alerts a JOIN lanes l ON l.id = a.lane_id LEFT JOIN sites s ON s.id = l.site_id
			WHERE a.id = ? AND a.entered_at IS NOT NULL`,
		)
		.get(alertId);
