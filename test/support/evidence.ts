import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { Upload, type UploadOptions } from "tus-js-client";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";

export interface EvidenceToSend {
	readonly id: string;
	readonly alertId: string;
	readonly kind: EvidenceKind;
	readonly content: Buffer;
}

export const jpegOf = (bytes: number, fill = 7) =>
	Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(bytes - 4, fill)]);

export function metadataOf({ id, alertId, kind, content }: EvidenceToSend): Record<string, string> {
	return {
		evidenceId: id,
		alertId,
		kind,
		capturedAt: "1700000000000",
		...(kind === "clip" ? { durationMs: "2000" } : {}),
		contentType: kind === "clip" ? "video/mp4" : "image/jpeg",
		sha256: createHash("sha256").update(content).digest("hex"),
	};
}

/** Sends with the real tus client. Answers the upload's address; rejects with the server's answer. */
export function sendEvidence(
	server: { url: string; token: string },
	evidence: EvidenceToSend,
	more: Partial<UploadOptions> & { begun?: (upload: Upload) => void } = {},
): Promise<string> {
	const { begun, ...options } = more;
	return new Promise((resolve, reject) => {
		const upload = new Upload(evidence.content, {
			endpoint: `${server.url}/api/edge/evidence`,
			headers: { authorization: `Bearer ${server.token}` },
			metadata: metadataOf(evidence),
			retryDelays: null,
			storeFingerprintForResuming: false,
			onSuccess: () => resolve(upload.url ?? ""),
			onError: reject,
			...options,
		});
		begun?.(upload);
		upload.start();
	});
}

/** A real clip of two seconds. */
export async function makeClip(file: string, codec: "libx264" | "libx265"): Promise<Buffer> {
	const source = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=2", "-pix_fmt", "yuv420p"];
	await promisify(execFile)("ffmpeg", ["-v", "error", "-y", ...source, "-c:v", codec, "-f", "mp4", file]);
	return readFile(file);
}
