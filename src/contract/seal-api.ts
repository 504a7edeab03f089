import { z } from "zod";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";

/**
 * How sealed evidence comes to the server and leaves it.
 *
 * What edges call:
 *
 *     PUT    /api/edge/key                                  keyBody -> edgeKeyAnswer; 409 other_key where the edge has one
 *                                                           already and no administrator allowed another
 *     PUT    /api/edge/manifests/<chain>/<sequence>         manifestBody -> manifestAnswer. Sent again: the same answer.
 *                                                           422 bad_manifest, 422 bad_signature, 409 other_manifest never
 *                                                           will succeed; 409 unknown_key may, once the key is known
 *
 * What people call:
 *
 *     GET    /api/edges/<id>/keys                           edgeKeysAnswer
 *     POST   /api/edges/<id>/key-replacement                keyReplacementBody -> 204 (admin): the next key that the edge
 *                                                           brings takes the place of the one it has
 *     GET    /api/alerts/<id>/evidence-package?reason=…&for=others|authority
 *                                                           application/zip, for `keepclear verify`; 409 not_sealed.
 *                                                           `others` (the default): masked copies, see masked-package.ts.
 *                                                           `authority`: the originals; 403 not_allowed to operators
 */
export const keyBody = z.strictObject({
	/** Ed25519, PEM (SPKI). */
	publicKey: z.string().max(400),
});
export const edgeKeyAnswer = z.object({
	/** SHA-256 of the key (DER, SPKI). */
	id: sha256Schema,
	publicKey: z.string(),
	registeredAt: instantSchema,
	/** When another took its place. What it signed before stays valid. */
	retiredAt: instantSchema.nullable(),
});
export const edgeKeysAnswer = z.object({
	keys: z.array(edgeKeyAnswer),
	/** The next new key that the edge brings will be taken, by an administrator's word. */
	replacementAllowed: z.object({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
});
export const keyReplacementBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });

export const manifestParams = z.object({ chain: madeIdSchema, sequence: z.coerce.number().int().min(1) });
export const manifestBody = z.strictObject({
	/** The text whose UTF-8 bytes are signed. */
	manifest: z.string().max(100_000),
	/** 64 bytes. */
	signatureBase64: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, "must be 64 bytes in base64"),
});
/** `pending`: a manifest before it has not come yet. */
export const manifestAnswer = z.object({ chain: z.enum(["whole", "pending"]) });

export const exportQuery = z.object({
	reason: z.string().trim().min(1).max(200),
	for: z.enum(["others", "authority"]).default("others"),
});
export const edgeKeyParams = z.object({ id: idSchema });

export type EdgeKeyAnswer = z.infer<typeof edgeKeyAnswer>;
export type EdgeKeysAnswer = z.infer<typeof edgeKeysAnswer>;
export type ManifestBody = z.infer<typeof manifestBody>;
export type ExportQuery = z.infer<typeof exportQuery>;
export type ManifestAnswer = z.infer<typeof manifestAnswer>;
