import { z } from "zod";
import { inManifestOrder } from "#core/evidence/manifest-link.ts";
import { clockReadingSchema } from "./clock.ts";
import type { EvidenceKind } from "./evidence-kinds.ts";
import { idSchema, instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";

/**
 * What an edge seals: a list of files with their hashes and the facts that they prove, as one canonical JSON text
 * (RFC 8785) whose UTF-8 bytes the edge signs with its own key (Ed25519). One manifest a step: an alert has one for what
 * was there when it was raised, one for its clip, one for what came later; each is a link of the edge's chain.
 */
export const manifestFormat = "keepclear-evidence-manifest";

/** P1 to P4 are those of E1: panorama at entry and at confirmation, plate, panorama after clearance. */
export const evidenceRoles = [
	"panorama_entry", // P1
	"panorama_confirmed", // P2
	"plate", // P3
	"panorama_cleared", // P4
	"still", // the frame that the rules looked at, small: goes with the alert at once, and is no panorama of E1
	"clip",
	"outline",
	"reference", // the empty lane
	"overlay", // a copy with the facts written on it
	"composite",
] as const;

export const manifestMediaTypes = ["image/jpeg", "image/png", "video/mp4", "application/json"] as const;

/** A kind that the edge makes, and what it is in a manifest. Whoever adds a kind says here what it proves. */
export const roleOfKind: Readonly<Record<EvidenceKind, (typeof evidenceRoles)[number]>> = {
	still_entry: "still",
	still_raised: "still",
	panorama_entry: "panorama_entry",
	panorama_confirmed: "panorama_confirmed",
	plate: "plate",
	panorama_cleared: "panorama_cleared",
	reference: "reference",
	outline: "outline",
	overlay: "overlay",
	clip: "clip",
};

const sealedFileSchema = z.strictObject({
	/** Of the evidence. */
	id: madeIdSchema,
	/** The id with the ending of its type: how the file is called in a package. */
	name: madeIdSchema,
	role: z.enum(evidenceRoles),
	mediaType: z.enum(manifestMediaTypes),
	bytes: z.number().int().min(1),
	sha256: sha256Schema,
	/** By the edge's clock; `clock` says how right that was. */
	capturedAt: instantSchema,
});

export const evidenceManifestSchema = z
	.strictObject({
		format: z.literal(manifestFormat),
		v: z.literal(1),
		edgeId: idSchema,
		/** SHA-256 of the public key (DER, SPKI). */
		keyId: sha256Schema,
		/** Made when the edge began this chain; it begins another one only where it has lost its database. */
		chainId: madeIdSchema,
		sequence: z.number().int().min(1),
		/** SHA-256 of the manifest before it in the chain; null for the first. */
		previous: sha256Schema.nullable(),
		siteId: idSchema,
		cameraId: idSchema,
		laneId: idSchema,
		zoneId: idSchema,
		/** The alert, which is the occupancy's id too. */
		alertId: madeIdSchema,
		enteredAt: instantSchema,
		raisedAt: instantSchema,
		/** Null while it stood there when this was sealed. */
		clearedAt: instantSchema.nullable(),
		clock: clockReadingSchema,
		/** By name. */
		files: z.array(sealedFileSchema).min(1, "seals nothing").max(64),
		/** What held for the zone when the alert was raised, all keys. */
		policy: z.record(z.string().max(40), z.number()),
		/** Code of the law that it is about; null where none was set for the lane. */
		lawBasis: z.string().min(1).max(80).nullable(),
		/** What looked, and with which weights. */
		models: z.array(z.strictObject({ name: z.string().min(1).max(64), sha256: sha256Schema })).max(8),
		/** The program's version. */
		program: z.string().min(1).max(40),
		sealedAt: instantSchema,
	})
	.superRefine(({ sequence, previous, files }, context) => {
		const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		if ((sequence === 1) !== (previous === null)) say("previous", "is null for the first of a chain, and only for it");
		const names = files.map(({ name }) => name);
		if (new Set(names).size !== names.length) say("files", "names a file twice");
		if (inManifestOrder(files).some(({ name }, at) => name !== names[at]))
			say("files", "must be in the order of their names");
		for (const { id, name, mediaType } of files) {
			if (name !== sealedNameOf(id, mediaType)) say("files", `${name}: must be called ${sealedNameOf(id, mediaType)}`);
		}
	});

const endings = { "image/jpeg": "jpg", "image/png": "png", "video/mp4": "mp4", "application/json": "json" } as const;

/** How evidence is called in a manifest and in a package. */
export const sealedNameOf = (id: string, mediaType: (typeof manifestMediaTypes)[number]) =>
	`${id}.${endings[mediaType]}`;

export type EvidenceManifest = z.infer<typeof evidenceManifestSchema>;
export type EvidenceRole = (typeof evidenceRoles)[number];
export type ManifestMediaType = (typeof manifestMediaTypes)[number];
export type { ClockReading } from "./clock.ts";
