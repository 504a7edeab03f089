import type { Dictionary } from "./dictionary.ts";

export const enCameraProblems: Pick<Dictionary, "problem" | "problemHint"> = {
	problem: {
		wrong_password: "User name or password is wrong",
		not_found: "The camera has no such stream",
		no_route: "The camera cannot be found on the network",
		refused: "The camera refuses the connection",
		timeout: "The camera does not answer",
		no_video: "Connected, but there is no video",
		unsupported_codec: "The video codec is not supported",
		corrupt_stream: "The video data is damaged",
		silent: "The camera stopped sending pictures",
		disk: "The edge worker's disk has a problem",
		unknown: "Cause unknown",
	},
	problemHint: {
		wrong_password:
			"Check the camera's user name and password. Cameras lock for about 30 minutes after repeated mistakes.",
		not_found: "The path after the IP is wrong. Check channel and stream for the make, e.g. /Streaming/Channels/102.",
		no_route: "Check the IP, the camera's power, cable and switch, and that the edge worker can reach that network.",
		refused: "The port is wrong or RTSP is switched off. It is usually 554; check the camera's network settings.",
		timeout: "Check the camera's power and whether the network is congested. Try TCP as transport.",
		no_video: "This stream may be audio only or switched off. Enable video on the camera or use another stream.",
		unsupported_codec: "Set the camera's video to H.264 or H.265 and switch off “smart codec / H.265+”.",
		corrupt_stream: "Packets are lost or the camera is faulty. Use TCP, lower the bit rate, or restart the camera.",
		silent: "The connection stands but no picture comes; it is retried by itself. Restart the camera if it stays so.",
		disk: "Check free space and permissions on the edge worker's disk.",
		unknown: "Try again later. If it stays so, send the technical details below to your support.",
	},
};
