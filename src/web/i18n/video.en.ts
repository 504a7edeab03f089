import type { Dictionary } from "./dictionary.ts";

export const enVideo: Pick<Dictionary, "video"> = {
	video: {
		title: "The place now",
		toVideo: "Live video",
		toPicture: "Back to pictures",
		videoOf: "Live video of {{name}}",
		stillsOf: "Newest picture of {{name}}",
		play: "Play",
		pause: "Pause",
		paused: "Paused: the picture does not change",
		full: "Full screen",
		tryVideo: "Try video",
		behind: "Live, about {{seconds}} s behind",
		transcoded: "made smaller by the edge worker",
		connecting: "Connecting to the video…",
		camera_lost: "The camera sends no pictures; goes on by itself when it does",
		edge_lost: "The edge worker is gone; connecting again",
		server_lost: "The server is gone; connecting again",
		stillsBecause: "A picture each second: {{why}}",
		why: {
			busy: "the edge worker sends as many videos as it may; tried again shortly",
			no_camera: "the edge worker does not have this camera yet; tried again shortly",
			cannot_transcode: "the edge worker cannot transcode",
			too_many_viewers: "as many people watch as may; tried again shortly",
			codec: "this browser does not play what the camera sends (H.265), and the edge worker does not transcode it",
			unsupported: "this browser plays no live video",
			slow: "the video is slow to begin; still trying",
			broken: "the video cannot be decoded",
		},
	},
};
