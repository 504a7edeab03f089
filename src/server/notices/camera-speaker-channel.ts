import type { SoundProblem } from "#contract/sounds-api.ts";
import { sayByCamera, type SayParts, type SayResult } from "../speakers/say.ts";
import { wordsOf } from "../speakers/sounds-store.ts";
import type { ServerConfig } from "../config.ts";
import type { ChannelConfig } from "./channel-config.ts";
import type { NoticeChannel } from "./notice-channel.ts";

type CameraSpeaker = Extract<ChannelConfig, { readonly kind: "camera_speaker" }>;

/** Waiting mends none of these. */
const lasting: readonly (SoundProblem | null)[] = [
	...(["no_camera", "no_sound", "no_audio_out", "wrong_password", "not_found", "no_video"] as const),
];

/** Those of the configuration: the loudspeakers that cameras have themselves. */
export const cameraSpeakerChannels = (parts: SayParts, { notices }: ServerConfig): readonly NoticeChannel[] =>
	notices.channels.flatMap((channel) =>
		channel.kind === "camera_speaker" ? [cameraSpeakerChannel(parts, channel)] : [],
	);

/** Says what was recorded for the camera, whatever the notice's text is; the same notice once. */
function cameraSpeakerChannel(
	parts: SayParts,
	{ name, kind, camera, mostAttempts, mostPerMinute }: CameraSpeaker,
): NoticeChannel {
	return {
		...{ name, kind, mostAttempts, mostPerMinute },
		words: () => wordsOf(parts.store, camera),
		send: async ({ id }, signal) => {
			const result = await sayByCamera(parts, { cameraId: camera, saying: id }, signal);
			if (result.problem === null) return { sent: true };
			return { sent: false, retry: !lasting.includes(result.problem), why: whyOf(result) };
		},
	};
}

function whyOf({ problem, detail }: SayResult): string {
	switch (problem) {
		case "no_camera":
			return "there is no such camera";
		case "no_sound":
			return "nothing is recorded for this camera";
		case "edge_away":
			return "the camera's edge is away";
		case "edge_silent":
			return "the camera's edge did not answer in time";
		default:
			return detail ?? "the camera did not take it";
	}
}
