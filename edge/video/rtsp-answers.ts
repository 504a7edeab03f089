import type { RtspMessage } from "#platform/rtsp/messages.ts";
import { CameraError } from "./camera-error.ts";

/** Why there will be no picture, read from the camera's answer to a request; null while nothing speaks against it. */
export function problemOfAnswer(
	method: string,
	status: number,
	answer: RtspMessage,
	hasCredentials: boolean,
): CameraError | null {
	if (status < 300) return method === "DESCRIBE" ? problemOfDescription(answer.body.toString("latin1")) : null;
	switch (status) {
		case 401:
			return hasCredentials
				? new CameraError("wrong_password", "the camera does not accept this user and password")
				: new CameraError("wrong_password", "the camera asks for user and password");
		case 403:
			return new CameraError("wrong_password", "the camera does not let this user see the picture");
		case 404:
		case 454:
			return new CameraError("not_found", "the camera knows no stream by this path");
		case 453:
		case 503:
			return new CameraError("refused", "the camera has too many viewers already");
		case 461:
			return new CameraError("refused", "the camera does not offer this way of transport: try TCP in place of UDP");
		default:
			return otherProblem(method, status);
	}
}

function otherProblem(method: string, status: number): CameraError | null {
	if (!["DESCRIBE", "SETUP", "PLAY"].includes(method)) return null; // what many cameras do not know and nobody needs
	return status < 400
		? new CameraError("not_found", "the camera sends viewers to another address: enter that one")
		: new CameraError("refused", `the camera answered ${method} with status ${status}`);
}

/** @param sdp the session's description. An unknown codec is left to ffmpeg to judge. */
function problemOfDescription(sdp: string): CameraError | null {
	if (sdp === "" || /^m=video/m.test(sdp)) return null;
	return new CameraError("no_video", "the camera offers no video at this path");
}
