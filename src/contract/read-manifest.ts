import { parseCanonicalJson } from "#core/evidence/canonical-json.ts";
import { readValue } from "./read-value.ts";
import { type EvidenceManifest, evidenceManifestSchema } from "./evidence-manifest.ts";

/** A manifest's text as its manifest; null for a text that is none, or is not canonical to the last byte. */
export function readManifest(text: string): EvidenceManifest | null {
	const canonical = parseCanonicalJson(text);
	const parsed = canonical && readValue(evidenceManifestSchema, canonical.value);
	return parsed?.success ? parsed.data : null;
}
