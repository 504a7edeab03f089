import { keepLooking } from "#platform/keep-looking.ts";
import { backoffMs } from "#platform/wait.ts";
import type { ServerParts } from "../server-parts.ts";
import type { NoticeChannel, SendOutcome } from "./notice-channel.ts";
import { smsParts } from "./notice-words.ts";
import {
	dueNotices,
	postponeNotice,
	type QueuedNotice,
	sentBetween,
	settleNotice,
	tryNoticeAgain,
} from "./notices-store.ts";

type Parts = Pick<ServerParts, "store" | "now" | "log">;

const lookEveryMs = 1_000;
/** At a time; a receiver that hangs holds up no more than these, and those for its timeout. */
const mostAtOnce = 4;
const firstAgainMs = 5_000;
const latestAgainMs = 300_000;
const minuteMs = 60_000;
/** Until a channel that was used too much is asked again. */
const waitForRoomMs = 5_000;

/** Sends what is due until `signal` ends it. What was not sent by then is sent after the next start. */
export function sendNotices(parts: Parts, channels: readonly NoticeChannel[], signal: AbortSignal): Promise<void> {
	return keepLooking(
		{
			...{ everyMs: lookEveryMs, restMs: 0 },
			round: () => sendDueNotices(parts, channels, signal),
			onTrouble: (error) => parts.log.warn({ err: error }, "notices could not be sent; it is tried again"),
		},
		signal,
	);
}

/** Each that is due once. */
export async function sendDueNotices(
	parts: Parts,
	channels: readonly NoticeChannel[],
	signal: AbortSignal,
): Promise<void> {
	const due = withRoom(parts, channels, dueNotices(parts.store, parts.now(), 2 * latestAgainMs, mostAtOnce));
	await Promise.all(due.map((notice) => sendOne(parts, channels, notice, signal)));
}

/** Those for which their channels have room in this minute; the others wait, which is no attempt. */
function withRoom(
	{ store, now }: Parts,
	channels: readonly NoticeChannel[],
	due: readonly QueuedNotice[],
): readonly QueuedNotice[] {
	const room = new Map(
		channels.map(({ name, mostPerMinute }) => [
			name,
			mostPerMinute - sentBetween(store, name, now() - minuteMs, now()),
		]),
	);
	return due.filter(({ id, channel }) => {
		const left = room.get(channel) ?? Infinity; // a channel that is gone is told so
		room.set(channel, left - 1);
		if (left <= 0) postponeNotice(store, id, now() + waitForRoomMs);
		return left > 0;
	});
}

async function sendOne(
	{ store, now, log }: Parts,
	channels: readonly NoticeChannel[],
	notice: QueuedNotice,
	signal: AbortSignal,
): Promise<void> {
	const { id, alertId, text, phone, pushTo, at, attempts } = notice;
	const channel = channels.find(({ name }) => name === notice.channel);
	const outcome: SendOutcome = channel
		? await channel.send(
				{ id, alertId, text, parts: smsParts(text), phone, at, ...(pushTo === null ? {} : { pushTo }) },
				signal,
			)
		: { sent: false, retry: false, why: "the configuration has no such channel any more" };
	if (outcome.sent) {
		log.info({ noticeId: id, alertId, channel: notice.channel }, "a notice was sent");
		return settleNotice(store, id, { state: "sent", at: now(), why: null });
	}
	if (signal.aborted) return; // the program's end is no failure of the channel
	const { why } = outcome;
	log.warn({ noticeId: id, alertId, channel: notice.channel, attempt: attempts + 1, why }, "a notice was not sent");
	if (outcome.retry && channel && attempts + 1 < channel.mostAttempts) {
		return tryNoticeAgain(store, id, {
			nextAt: Math.ceil(now() + backoffMs(attempts, firstAgainMs, latestAgainMs)),
			why,
		});
	}
	settleNotice(store, id, { state: "failed", at: now(), why });
}
