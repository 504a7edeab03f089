import { CameraError } from "./camera-error.ts";

/** What ffmpeg says, and what it means to the person who looks after the camera. The first that fits is told. */
const meanings: readonly (readonly [RegExp, CameraError["problem"], string])[] = [
	[
		/Decoder \(codec .*\) not found|Could not find tag for codec|Unsupported codec|codec not currently supported/i,
		"unsupported_codec",
		"the camera's video has a codec that cannot be used: set the camera to H.264 or H.265",
	],
	[
		/Output file #0 does not contain any stream|matches no streams/i,
		"no_video",
		"the camera offers no video at this path",
	],
	[
		/Could not find codec parameters|Invalid data found when processing input|unspecified size/i,
		"corrupt_stream",
		"the camera sends data that give no picture",
	],
	[/Connection timed out|Operation timed out/i, "timeout", "the camera does not answer"],
];

/**
 * Why ffmpeg has ended by itself. With a camera every end is a failure, whatever the status.
 * @param lastLines the end of standard error; nothing of it is repeated, it may hold the camera's address
 */
export function explainEnd(lastLines: readonly string[], hadFrames: boolean): CameraError {
	if (hadFrames) return new CameraError("silent", "the camera has closed the connection");
	const text = lastLines.join("\n");
	const found = meanings.find(([pattern]) => pattern.test(text));
	return found
		? new CameraError(found[1], found[2])
		: new CameraError("no_video", "the camera has closed the connection without sending a picture");
}
