import { z } from "zod";
import { edgeAnswer } from "./edges-api.ts";
import { idSchema, instantSchema, sha256Schema } from "./ids.ts";

/**
 * How an edge gets its credentials by a one-time code that a person types (`src/core/enrolment/code.ts`).
 *
 *     POST   /api/edges/<id>/code            codeAnswer (admin): another code of that edge ends
 *     POST   /api/enrolment                  enrolBody -> enrolAnswer (whoever has a code); 401 wrong_code, 409 code_used,
 *                                            410 code_over, 429
 *
 * Neither the code nor a secret travels. Both sides make two keys of the code: with one the edge signs the hash of a token
 * that it made itself, with the other the server proves its answer. So who stands between learns nothing that opens
 * anything, and cannot put a certificate of his own in the place of ours, whatever he presented himself with.
 */
export const enrolBody = z.strictObject({
	/** The public key made of the code, Ed25519, hexadecimal. */
	publicKey: sha256Schema,
	/** Of the token with which the edge will call. */
	tokenSha256: sha256Schema,
	/** 64 bytes over `enrolText`. */
	signatureBase64: z.base64().max(100),
});

/** What the edge signs and the server's proof begins with. */
export const enrolText = ({ publicKey, tokenSha256 }: Pick<EnrolBody, "publicKey" | "tokenSha256">): string =>
	`keepclear enrolment 1\n${publicKey}\n${tokenSha256}\n`;

export const enrolGrant = z.object({
	edgeId: idSchema,
	siteId: idSchema,
	/** Of the edge. */
	name: z.string(),
	/** The server's own broker, at the host by which the edge reaches the server. Null: another broker, set up by hand. */
	mqtt: z.object({ port: z.number().int(), tls: z.boolean() }).nullable(),
	/** PEM: who signed the server's certificates. Null: no TLS, or an authority that the edge's machine knows. */
	authority: z.string().max(20_000).nullable(),
});

export const enrolAnswer = z.object({
	/** `enrolGrant` as JSON, to the letter. */
	grant: z.string().max(40_000),
	/** HMAC-SHA256 over `enrolText` and `grant`, hexadecimal. */
	proof: sha256Schema,
});

/** Shown once. */
export const codeAnswer = z.object({ edge: edgeAnswer, code: z.string(), until: instantSchema });

export type EnrolBody = z.infer<typeof enrolBody>;
export type EnrolGrant = z.infer<typeof enrolGrant>;
export type EnrolAnswer = z.infer<typeof enrolAnswer>;
export type CodeAnswer = z.infer<typeof codeAnswer>;
