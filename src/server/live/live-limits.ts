/**
 * What live video may take. A stream is 2 to 8 Mbit/s: the server's own link carries one for each edge stream and one for
 * each viewer. Edges have limits of their own (edge/config.ts).
 */
export const liveLimits = {
	/** Everybody in a control room at once, and some at home. */
	viewersPerCamera: 20,
	/** A wall of four pictures and a page or two beside it. */
	viewersPerPerson: 6,
	/** 60 times 4 Mbit/s is a quarter of a gigabit: the wall's own changes must get through beside it. */
	viewersInAll: 60,
	/** What may wait for a slow viewer; then it gets nothing up to the next key frame. In all 60 times this. */
	queuedBytesPerViewer: 4 << 20,
	/** What is kept since the last key frame, so that who comes later sees a picture at once. */
	groupBytes: 4 << 20,
	/** A page that is loaded anew, or somebody who goes on to the next page, does not start all over again. */
	lingerMs: 8_000,
	/** The edge is asked again, in case it was away. Longer than it takes to dial. */
	askAgainMs: 5_000,
	/** An edge that has not dialled in for so long is called lost. */
	edgeWithinMs: 8_000,
	/** Whether the person is still signed in and may see the camera. */
	checkEveryMs: 5_000,
} as const;
