import { randomBytes } from "node:crypto";
import type { NoticeAnswer, NoticeBody, NoticesAnswer } from "#contract/notices-api.ts";
import { normalisePlate } from "#core/plates/plate-text.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import { ApiError, badInput } from "../http/api-error.ts";
import { readReview } from "../reviews/read-review.ts";
import type { ServerParts } from "../server-parts.ts";
import { wordsOf } from "../speakers/sounds-store.ts";
import { announcementsTo } from "./announcements-store.ts";
import { type ChannelConfig, isForDrivers } from "./channel-config.ts";
import { noticeFactsOf, type NoticeFacts, noticeValues, smsParts, smsText, spokenText } from "./notice-words.ts";
import { insertNotice, noticesOfAlert, sentByPeople } from "./notices-store.ts";
import { fillIn } from "./template.ts";

type Parts = Pick<ServerParts, "store" | "config" | "now">;

/** A driver is asked, not pestered. */
const mostOfAlert = 10;

export function readNotices({ store, config, now }: Parts, alertId: string, plate: string | undefined): NoticesAnswer {
	const alert = requireAlert(store, alertId);
	const facts = factsOf(config, alert, plate);
	const text = smsText(facts);
	return {
		...{ text, parts: [...smsParts(text)], phone: config.notices.phone ?? null },
		proposedPlate: readReview(store, alertId).confirmation?.plate?.text ?? alert.evidenceSet?.plate?.text ?? null,
		channels: channelsForDrivers(config).map((channel) => {
			const own = textFor(store, channel, facts);
			return { name: channel.name, kind: channel.kind, text: own, parts: [...smsParts(own)] };
		}),
		notices: noticesOfAlert(store, alertId),
		announcements: announcementsTo(store, alert.laneId, alert.enteredAt, alert.clearedAt ?? now()),
	};
}

/** What is printed and what is sent say the same. @throws ApiError 404 */
export const slipFacts = ({ store, config }: Parts, alertId: string, plate: string | undefined): NoticeFacts =>
	factsOf(config, requireAlert(store, alertId), plate);

/** Puts a notice where it is sent from, at once and as long as it takes. @throws ApiError 400, 404, 409 */
export function sendNotice(parts: Parts, alertId: string, body: NoticeBody, { user }: SignedIn): NoticeAnswer {
	const { store, config, now } = parts;
	const channel = channelsForDrivers(config).find(({ name }) => name === body.channel);
	if (!channel) throw badInput({ path: "channel", message: `there is no channel ${body.channel}` });
	return store.transaction(() => {
		const alert = requireAlert(store, alertId);
		if (alert.state !== "open") throw new ApiError(409, "not_open", "The lane is free: nobody needs to be asked.");
		const before = noticesOfAlert(store, alertId);
		if (before.some((notice) => notice.channel === body.channel && notice.state === "queued")) {
			throw new ApiError(409, "already_queued", "One is on its way on this channel.");
		}
		if (sentByPeople(store, alertId) >= mostOfAlert) {
			throw new ApiError(409, "too_many", `${mostOfAlert} notices were sent for this alert: that is enough.`);
		}
		const id = `notice-${randomBytes(8).toString("hex")}`;
		const phone = body.phone ?? null;
		const text = textFor(store, channel, factsOf(config, alert, body.plate));
		insertNotice(store, {
			...{ id, alertId, channel: body.channel, text, at: now(), userId: user.id },
			...{ phone, phoneShown: phone && `${phone.slice(0, 3)}****${phone.slice(-4)}` },
		});
		const [made] = noticesOfAlert(store, alertId).filter((notice) => notice.id === id);
		if (!made) throw new Error("a notice that was just written is not there");
		return made;
	})();
}

/** What escalations go out on is no way to a driver. */
const channelsForDrivers = ({ notices, handling }: Parts["config"]): readonly ChannelConfig[] =>
	notices.channels.filter(
		(channel) => isForDrivers(channel) && !handling.tell.some((told) => told.channel === channel.name),
	);

/** What was recorded for a camera, the channel's own words, a loudspeaker's, or those of an SMS. */
function textFor(store: Parts["store"], channel: ChannelConfig, facts: NoticeFacts): string {
	if (channel.kind === "camera_speaker")
		return wordsOf(store, channel.camera) ?? fillIn(spokenText, noticeValues(facts));
	const own = "text" in channel ? channel.text : undefined;
	if (own !== undefined) return fillIn(own, noticeValues(facts));
	return channel.kind === "speaker" ? fillIn(spokenText, noticeValues(facts)) : smsText(facts);
}

function factsOf(config: Parts["config"], alert: AlertAnswer, plate: string | undefined): NoticeFacts {
	return noticeFactsOf(alert, {
		plate: plate === undefined ? null : normalisePlate(plate),
		phone: config.notices.phone ?? null,
		timeZone: config.timeZone,
		site: config.name,
	});
}
