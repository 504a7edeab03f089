import { describe, expect, it } from "vitest";
import { findAudioOut } from "../../edge/speaker/audio-out.ts";

const base = "rtsp://10.0.0.9/live/";
const sdp = (...lines: string[]) => ["v=0", "s=camera", ...lines, ""].join("\r\n");
const video = ["m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=control:trackID=1", "a=recvonly"];
const microphone = ["m=audio 0 RTP/AVP 0", "a=control:trackID=2", "a=recvonly"];

describe("a camera's description", () => {
	it("offers its loudspeaker as what the client may send", () => {
		const out = findAudioOut(
			sdp(...video, ...microphone, "m=audio 0 RTP/AVP 8", "a=control:trackID=3", "a=sendonly"),
			base,
		);
		expect(out).toEqual({
			controlUri: "rtsp://10.0.0.9/live/trackID=3",
			...{ sessionUri: base, codec: "PCMA", payloadType: 8 },
		});
	});

	it("may name the loudspeaker's whole address and a number of its own for the codec", () => {
		const out = findAudioOut(
			sdp(
				"a=control:rtsp://10.0.0.9/all",
				...["m=audio 0 RTP/AVP 97 101", "a=rtpmap:97 G726-32/8000", "a=rtpmap:101 PCMU/8000/1"],
				...["a=control:rtsp://10.0.0.9/audioback", "a=sendonly"],
			),
			base,
		);
		expect(out).toEqual({
			...{ controlUri: "rtsp://10.0.0.9/audioback", sessionUri: "rtsp://10.0.0.9/all" },
			...{ codec: "PCMU", payloadType: 101 },
		});
	});

	it.each([
		["a microphone alone", [...video, ...microphone]],
		["another codec", ["m=audio 0 RTP/AVP 97", "a=rtpmap:97 MPEG4-GENERIC/16000", "a=control:a", "a=sendonly"]],
		["G.711 at a rate of its own", ["m=audio 0 RTP/AVP 97", "a=rtpmap:97 PCMU/16000", "a=control:a", "a=sendonly"]],
		["nowhere to set it up", ["m=audio 0 RTP/AVP 0", "a=sendonly"]],
		["nothing at all", []],
	])("offers none with %s", (_what, lines) => {
		expect(findAudioOut(sdp(...lines), base)).toBeNull();
	});
});
