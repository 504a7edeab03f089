import type { G711Codec } from "#core/sound/g711.ts";
import type { Clip } from "./clip.ts";
import { payloadType } from "./rtp-packetizer.ts";

/** The answer to DESCRIBE (SDP): one video, and what a decoder needs to begin; the loudspeaker for who asked for it. */
export function describe(clip: Clip, host: string, loudspeaker: G711Codec | null): Buffer {
	const name = clip.codec === "h264" ? "H264" : "H265";
	const lines = [
		"v=0",
		`o=- 1 1 IN IP4 ${host}`,
		"s=simulated camera",
		`c=IN IP4 0.0.0.0`,
		"t=0 0",
		"a=control:*",
		`m=video 0 RTP/AVP ${payloadType}`,
		`a=rtpmap:${payloadType} ${name}/90000`,
		`a=fmtp:${payloadType} ${parameters(clip)}`,
		"a=control:trackID=1",
		...(loudspeaker ? soundOf(loudspeaker) : []),
	];
	return Buffer.from(`${lines.join("\r\n")}\r\n`, "latin1");
}

/** ONVIF's Streaming Specification 5.3: "send only" is meant as the client sees it. */
const soundOf = (codec: G711Codec) => {
	const type = codec === "PCMU" ? 0 : 8;
	return [`m=audio 0 RTP/AVP ${type}`, `a=rtpmap:${type} ${codec}/8000`, "a=control:trackID=2", "a=sendonly"];
};

function parameters({ codec, parameterSets }: Clip): string {
	const sets = parameterSets.map((set) => set.toString("base64"));
	if (codec === "h264") {
		const profile = parameterSets[0]?.toString("hex", 1, 4) ?? "";
		return `packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${sets.join(",")}`;
	}
	return ["sprop-vps", "sprop-sps", "sprop-pps"].map((name, index) => `${name}=${sets[index] ?? ""}`).join(";");
}
