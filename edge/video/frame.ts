/** One decoded picture. */
export interface Frame {
	/**
	 * When the picture was taken, in ms. Live: wall clock (Unix) at which it arrived. Replay: the video's own time
	 * stamp, counted from its first frame.
	 */
	readonly capturedAt: number;
	/** Pixels, square ones, after the video's rotation. */
	readonly width: number;
	readonly height: number;
	/** Packed RGB24, row by row: width * height * 3 bytes. */
	readonly rgb: Uint8Array;
}

/** Where frames come from: a camera or a recording. Ends when the recording ends, throws when the stream is lost. */
export interface FrameSource {
	frames(signal: AbortSignal): AsyncIterable<Frame>;
}
