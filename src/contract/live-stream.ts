import { z } from "zod";

/**
 * Live video: fragmented MP4 as the camera sent it, from its edge over the server to the page.
 *
 *     WS     /api/cameras/<id>/stream?form=   the page watches (session, our own Origin)
 *     WS     /api/edge/streams/<job>          the edge sends (its token), asked for by a job of kind `stream`
 *
 * Video goes in binary messages, the same on both ways: a byte for the kind, two float64 (big endian), the payload. What
 * is said about the stream goes in text messages, JSON. Either side counts one that says nothing for long as lost.
 */

/** `copy`: as it came. `transcoded`: made H.264 by the edge, smaller, for browsers that do not play what the camera sends. */
export const streamForms = ["copy", "transcoded"] as const;
export type StreamForm = (typeof streamForms)[number];

export const streamRefusals = ["busy", "no_camera", "cannot_transcode", "too_many_viewers"] as const;
export type StreamRefusal = (typeof streamRefusals)[number];

/** From the edge. */
export const edgeStreamWords = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("beat") }),
	z.object({ kind: z.literal("refused"), reason: z.enum(streamRefusals) }),
]);

/** To the page, with each change and every few seconds. `playing` says that video comes, not that it can be played. */
export const streamWords = z.object({
	state: z.enum(["connecting", "playing", "camera_lost", "edge_lost", "refused"]),
	reason: z.enum(streamRefusals).optional(),
});
export type StreamWords = z.infer<typeof streamWords>;

/** Why the server closes the page's socket; beside these WebSocket's own. */
export const streamCloseCodes = { signedOut: 4401, gone: 4404, refused: 4429 } as const;

/** The largest message: a key picture of a large camera, many times over. */
export const maxStreamMessageBytes = 8 << 20;
export const beatEveryMs = 2_000;
/** Whoever has not been heard for so long is lost. */
export const lostAfterMs = 6_000;

const kinds = ["head", "key", "other"] as const;

/**
 * `head`: what every file made of the fragments begins with, and by which codec; a new one begins the stream anew. `key`:
 * a fragment that begins with a key frame, `other`: one that goes on.
 */
export interface StreamPiece {
	readonly kind: (typeof kinds)[number];
	/**
	 * When its first picture came from the camera: from the edge as an age in milliseconds (its clock may be wrong), to the
	 * page as an instant of the server's clock. Of a head: 0.
	 */
	readonly time: number;
	/** Where its first picture stands on the stream's own clock, milliseconds. */
	readonly mediaMs: number;
	/** Of a head, as `avc1.64001f`; otherwise empty. */
	readonly codec: string;
	readonly bytes: Uint8Array;
}

const headerBytes = 17;

export function writeStreamPiece({ kind, time, mediaMs, codec, bytes }: StreamPiece): Uint8Array<ArrayBuffer> {
	const name = kind === "head" ? new TextEncoder().encode(codec) : null;
	const before = headerBytes + (name ? 1 + name.length : 0);
	const message = new Uint8Array(before + bytes.length);
	const view = new DataView(message.buffer);
	message[0] = kinds.indexOf(kind);
	view.setFloat64(1, time);
	view.setFloat64(9, mediaMs);
	if (name) {
		message[headerBytes] = name.length;
		message.set(name, headerBytes + 1);
	}
	message.set(bytes, before);
	return message;
}

/** Null for what is no such message. The bytes are not copied. */
export function readStreamPiece(message: Uint8Array): StreamPiece | null {
	const kind = kinds[message[0] ?? kinds.length];
	if (!kind || message.length < headerBytes) return null;
	const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
	const nameBytes = kind === "head" ? 1 + (message[headerBytes] ?? 0) : 0;
	if (message.length < headerBytes + nameBytes) return null;
	return {
		kind,
		time: view.getFloat64(1),
		mediaMs: view.getFloat64(9),
		codec: nameBytes > 0 ? new TextDecoder().decode(message.subarray(headerBytes + 1, headerBytes + nameBytes)) : "",
		bytes: message.subarray(headerBytes + nameBytes),
	};
}

/** In place: the server puts an instant of its own clock where the edge wrote an age. */
export function setStreamPieceTime(message: Uint8Array, time: number): void {
	new DataView(message.buffer, message.byteOffset, message.byteLength).setFloat64(1, time);
}
