import { generateKeyPairSync, sign } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { canonicalJson } from "#core/evidence/canonical-json.ts";
import { type EvidenceManifest, roleOfKind } from "#contract/evidence-manifest.ts";
import { evidenceUploadMetadata } from "#contract/edge-api.ts";
import { sha256Of } from "#platform/digest.ts";
import { type PublicKey, readPublicKey } from "#platform/signing-key.ts";
import { findEdge } from "../../src/server/edges/edges-store.ts";
import { storeEvidence } from "../../src/server/evidence/evidence-actions.ts";
import { type EvidenceToSend, jpegOf, metadataOf } from "./evidence.ts";
import type { Inject, TestApp } from "./server-app.ts";

/** A key that signs as an edge's does. */
export interface TestKey {
	readonly public: PublicKey;
	sign(text: string): string;
}

export function makeKey(): TestKey {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const key = readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString());
	if (!key) throw new Error("no key");
	return { public: key, sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64") };
}

export const mp4Of = (bytes: number, fill = 3) =>
	Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from("ftypisom"), Buffer.alloc(bytes - 12, fill)]);

export const alertId = "lane-1.1795366680000";
export const evidenceOf = (kind: EvidenceToSend["kind"], alert = alertId): EvidenceToSend => ({
	id: `${alert}.${kind}`,
	alertId: alert,
	kind,
	content: kind === "clip" ? mp4Of(3_000) : jpegOf(2_000, kind === "still_entry" ? 1 : 2),
});

/** The next manifest of a chain, as an edge writes it. */
export function manifestText(
	key: TestKey,
	link: { readonly sequence: number; readonly previous: string | null },
	evidence: readonly EvidenceToSend[],
	more: Partial<EvidenceManifest> = {},
): string {
	const manifest: EvidenceManifest = {
		...{
			format: "keepclear-evidence-manifest",
			v: 1,
			edgeId: "edge-1",
			keyId: key.public.id,
			chainId: "chain-1",
			...link,
		},
		...{ siteId: "estate", cameraId: "cam-1", laneId: "lane-1", zoneId: "lane-1" },
		alertId: evidence[0]?.alertId ?? alertId,
		...{ enteredAt: 1_795_366_680_000, raisedAt: 1_795_366_800_000, clearedAt: null },
		clock: { offsetMs: null, source: null, readAt: null },
		files: evidence.map(({ id, kind, content }) => ({
			id,
			name: `${id}.${kind === "clip" ? "mp4" : "jpg"}`,
			role: roleOfKind[kind],
			mediaType: kind === "clip" ? "video/mp4" : "image/jpeg",
			bytes: content.length,
			sha256: sha256Of(content),
			capturedAt: 1_795_366_680_000,
		})),
		...{ policy: { offDelayMs: 10_000 }, lawBasis: null, models: [], program: "0.1.0", sealedAt: 1_795_366_800_100 },
		...more,
	};
	return canonicalJson(manifest);
}

export const sendKey = (edge: Inject, key: TestKey) =>
	edge("PUT", "/api/edge/key", { json: { publicKey: key.public.pem } });

/** Signed by `key`, whatever the text says. */
export function sendManifest(edge: Inject, key: TestKey, text: string, sequence: number, chain = "chain-1") {
	const json = { manifest: text, signatureBase64: key.sign(text) };
	return edge("PUT", `/api/edge/manifests/${chain}/${sequence}`, { json });
}

/** As if it had come by an upload. */
export async function store(
	{ parts, dataFolder }: TestApp,
	evidence: EvidenceToSend,
	edgeId = "edge-1",
): Promise<void> {
	const edge = findEdge(parts.store, edgeId);
	if (!edge) throw new Error(`there is no ${edgeId}`);
	const file = join(dataFolder, "uploads", evidence.id);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, evidence.content);
	const metadata = evidenceUploadMetadata.parse(metadataOf(evidence));
	await storeEvidence(parts, edge, { file, metadata, bytes: evidence.content.length });
}
