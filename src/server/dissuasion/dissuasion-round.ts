import { randomBytes } from "node:crypto";
import { mustSpeak } from "#core/dissuasion/speak.ts";
import { keepLooking } from "#platform/keep-looking.ts";
import { insertAnnouncement, settleAnnouncement } from "../notices/announcements-store.ts";
import type { NoticeChannel } from "../notices/notice-channel.ts";
import { spokenText } from "../notices/notice-words.ts";
import { fillIn } from "../notices/template.ts";
import type { ServerParts } from "../server-parts.ts";
import { lanesToSpeakTo, type SpokenToLane } from "./lanes-to-speak-to.ts";

type Parts = Pick<ServerParts, "store" | "now" | "log" | "config">;

const everyMs = 1_000;

/** Speaks to lanes in which something stands, by the loudspeakers of the configuration, until `signal` ends it. */
export async function runDissuasion(
	parts: Parts,
	channels: readonly NoticeChannel[],
	signal: AbortSignal,
): Promise<void> {
	const onTrouble = (error: unknown) => parts.log.warn({ err: error }, "no lane could be spoken to; it is tried again");
	/** While one loudspeaker speaks, or is waited for, the others are looked after. */
	const speaking = new Set<Promise<void>>();
	const round = async () => {
		const one: Promise<void> = speakWhereDue(parts, channels, signal)
			.catch(onTrouble)
			.finally(() => speaking.delete(one));
		speaking.add(one);
	};
	await keepLooking({ everyMs, restMs: 0, round, onTrouble }, signal);
	await Promise.all(speaking);
}

/** Each rule and lane once a stay. What cannot be read out now is not read out later: then it would be to nobody. */
export async function speakWhereDue(
	parts: Parts,
	channels: readonly NoticeChannel[],
	signal: AbortSignal,
): Promise<void> {
	const { store, config, now } = parts;
	const speakings = config.notices.speak.flatMap((rule) => {
		const channel = channels.find(({ name }) => name === rule.channel);
		if (!channel) return [];
		const lanes = lanesToSpeakTo(store, rule.channel, rule.lanes);
		const due = lanes.filter((lane) => mustSpeak(lane, rule, now(), config.timeZone));
		return due.map((lane) => speak(parts, channel, lane, rule.text ?? spokenText, signal));
	});
	await Promise.all(speakings);
}

async function speak(
	{ store, config, now, log }: Parts,
	channel: NoticeChannel,
	lane: SpokenToLane,
	template: string,
	signal: AbortSignal,
): Promise<void> {
	const id = `spoken-${randomBytes(8).toString("hex")}`;
	const at = now();
	const text = channel.words?.() ?? fillIn(template, { lane: lane.name, site: config.name });
	insertAnnouncement(store, { id, laneId: lane.id, channel: channel.name, text, at });
	const outcome = await channel.send({ id, alertId: id, text, parts: [text], phone: null, at }, signal);
	if (signal.aborted) return;
	settleAnnouncement(store, id, outcome.sent ? null : outcome.why);
	if (!outcome.sent) log.warn({ laneId: lane.id, channel: channel.name, why: outcome.why }, "a lane was not spoken to");
}
