import { findBrokenSeals, type FoundManifest } from "#core/evidence/verify-sealed.ts";
import { readManifest } from "#contract/read-manifest.ts";
import { sha256Of } from "#platform/digest.ts";
import { readPublicKey } from "#platform/signing-key.ts";
import { evidenceSetOf } from "../evidence-sets/evidence-sets-store.ts";
import { findEvidence } from "../evidence/evidence-store.ts";
import { isForeignEdge } from "../import/imports-store.ts";
import { findKey } from "../seals/edge-keys-store.ts";
import { manifestName } from "../seals/manifests-actions.ts";
import { eachManifest, filesOfManifest, type ManifestRow } from "../seals/manifests-store.ts";
import type { Store } from "../store/open-store.ts";

/** A sealed file, or a link of a chain, may be so long on its way: an edge whose server was away has much to send. */
const onItsWayMs = 7 * 24 * 3_600_000;

/** Every manifest's signature, every edge's chain, and that what was sealed is there as it was sealed. */
export function* brokenManifests(store: Store, now = Date.now()): Generator<string> {
	const rows = [...eachManifest(store)];
	const found = rows.map((row) => foundManifest(store, row));
	// Whether files are as their rows say is looked at with the evidence; here, whether the rows are as was sealed.
	for (const { what, name, why } of findBrokenSeals({ manifests: found.map(withoutFiles), fileOf: () => null })) {
		yield `manifest ${name}: ${what}: ${why}`;
	}
	const there = new Set(rows.map(placeOf));
	for (const [at, row] of rows.entries()) {
		const name = manifestName(row);
		if (found[at]?.sha256 !== row.sha256) yield `manifest ${name}: was changed: its SHA-256 is not the stored one`;
		yield* brokenColumns(store, row, name);
		yield* brokenSealedFiles(store, row, now);
		const isLoose = row.sequence > 1 && !there.has(placeOf({ ...row, sequence: row.sequence - 1 }));
		if (isLoose && now - row.receivedAt > onItsWayMs && !isForeignEdge(store, row.edgeId)) {
			yield `manifest ${name}: the one before it in its chain has not come in a week`;
		}
	}
}

const placeOf = ({ edgeId, chainId, sequence }: Pick<ManifestRow, "edgeId" | "chainId" | "sequence">) =>
	`${edgeId} ${chainId} ${sequence}`;

function foundManifest(store: Store, row: ManifestRow): FoundManifest {
	const key = findKey(store, row.edgeId, row.keyId);
	const signed = key ? (readPublicKey(key.publicKey)?.signed(Buffer.from(row.text), row.signature) ?? null) : null;
	const name = manifestName(row);
	return { name, signatureName: `${name}.sig`, link: readManifest(row.text), sha256: sha256Of(row.text), signed };
}

const withoutFiles = (found: FoundManifest): FoundManifest => ({
	...found,
	link: found.link && { ...found.link, files: [] },
});

/** What the columns say is what was signed. */
function* brokenColumns(store: Store, row: ManifestRow, name: string): Generator<string> {
	const manifest = readManifest(row.text);
	if (!manifest) return;
	const keys = ["edgeId", "chainId", "sequence", "keyId", "alertId", "previous"] as const;
	const other = keys.filter((key) => manifest[key] !== row[key]);
	if (other.length > 0) yield `manifest ${name}: its row says another ${other.join(", ")}`;
	const listed = filesOfManifest(store, row);
	const isSame =
		listed.length === manifest.files.length &&
		manifest.files.every(
			({ id, name, bytes, sha256 }, at) =>
				listed[at]?.name === name &&
				listed[at].evidenceId === id &&
				listed[at].bytes === bytes &&
				listed[at].sha256 === sha256,
		);
	if (!isSame) yield `manifest ${name}: its rows list other files than it does`;
}

function* brokenSealedFiles(store: Store, row: ManifestRow, now: number): Generator<string> {
	for (const { name, evidenceId, bytes, sha256 } of filesOfManifest(store, row)) {
		const stored = findEvidence(store, evidenceId);
		if (stored && (stored.sha256 !== sha256 || stored.bytes !== bytes || stored.alertId !== row.alertId)) {
			yield `evidence ${evidenceId}: is not what manifest ${manifestName(row)} sealed as ${name}`;
		}
		if (stored || now - row.receivedAt < onItsWayMs || isNotToCome(store, row, evidenceId)) continue;
		yield `manifest ${manifestName(row)}: ${name} has not come from the edge in a week`;
	}
}

/** Its edge told that it is lost, it was deleted here, or never came out of another Keepclear: then it is not missing. */
const isNotToCome = (store: Store, { alertId, edgeId }: ManifestRow, evidenceId: string) =>
	isForeignEdge(store, edgeId) || wasDeleted(store, evidenceId) || isToldLost(store, alertId, edgeId, evidenceId);

const isToldLost = (store: Store, alertId: string, edgeId: string, evidenceId: string) =>
	evidenceSetOf(store, alertId, edgeId)?.items.some(({ id, state }) => id === evidenceId && state === "missing") ===
	true;

/** By somebody, for a reason that the ledger has. */
const wasDeleted = (store: Store, evidenceId: string) =>
	store
		.prepare("SELECT 1 FROM ledger WHERE on_kind = 'evidence' AND on_id = ? AND what = 'deleted' LIMIT 1")
		.get(evidenceId) !== undefined;
