import { randomBytes } from "node:crypto";
import type { EscalationLevel } from "#core/handling/handling-words.ts";
import { isWithin } from "#core/policy/hours-of-day.ts";
import { insertNotice } from "../notices/notices-store.ts";
import { pushChannelName } from "../notices/push-channel.ts";
import { subscriptionsToTell, tellEscalatedByPush } from "../push/tell-by-push.ts";
import type { ServerParts } from "../server-parts.ts";
import { lanesOfPlace } from "./cases-store.ts";
import { insertEntry } from "./entries-store.ts";
import { escalationText } from "./escalation-text.ts";
import { tellCase } from "./handling-actions.ts";
import type { Handling } from "./read-handling.ts";
import { lanesSeen } from "./round-store.ts";
import { targetsOf } from "./targets-store.ts";

type Parts = Pick<ServerParts, "store" | "feed" | "now" | "config">;

/**
 * In the caller's transaction: the entry, the notices on their channels, and the feed that pages ring by. Where no camera
 * sees the lane it is not clear for that: the entry and the words say so. Loud channels and people's phones are
 * silent in quiet hours, and the entry names them.
 */
export function escalate(
	{ store, feed, now, config }: Parts,
	handling: Handling,
	{ siteId, level }: { readonly siteId: string; readonly level: EscalationLevel },
): void {
	const [head] = handling.alerts;
	if (!head) return;
	const at = now();
	const { quiet } = targetsOf(store, siteId);
	const isQuiet = quiet !== null && isWithin(quiet, at, config.timeZone);
	const lanes = lanesSeen(store, lanesOfPlace(store, head.laneId));
	const blind = lanes.length === 0 || lanes.every(({ state, edgeIsThere }) => !edgeIsThere || state === "unknown");
	const channels = config.handling.tell.filter(({ levels }) => levels.includes(level));
	const held = channels.filter(({ loud }) => loud && isQuiet);
	const told = channels.filter((channel) => !held.includes(channel));
	const phones = subscriptionsToTell(store, siteId, level).length > 0;
	const holdsPhones = isQuiet && config.push.quiet;
	insertEntry(store, {
		...{ alertId: head.id, kind: "escalated", by: null, at, level },
		detail: {
			lane: blind ? "unknown" : "occupied",
			told: [...told.map(({ channel }) => channel), ...(phones && !holdsPhones ? [pushChannelName] : [])],
			held: [...held.map(({ channel }) => channel), ...(phones && holdsPhones ? [pushChannelName] : [])],
		},
	});
	const facts = {
		...{ level, site: config.name, lane: laneName(store, head.laneId), state: handling.now.state, blind },
		sinceMs: at - handling.now.startedAt,
	};
	for (const { channel, language } of told) {
		const id = `notice-${randomBytes(8).toString("hex")}`;
		const text = escalationText(facts, language);
		insertNotice(store, { id, alertId: head.id, channel, text, phone: null, phoneShown: null, at, userId: null });
	}
	if (!holdsPhones) tellEscalatedByPush({ store, now }, { alertId: head.id, siteId, level });
	tellCase(feed, handling, at);
}

const laneName = (store: ServerParts["store"], laneId: string): string =>
	(store.prepare("SELECT name FROM lanes WHERE id = ?").pluck().get(laneId) as string | undefined) ?? laneId;
