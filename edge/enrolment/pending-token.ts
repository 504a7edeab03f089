import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { z } from "zod";
import { sha256Schema } from "#contract/ids.ts";
import { writeAtomically } from "#platform/write-atomically.ts";
import { findIdentity, readJson } from "./identity.ts";

const pendingSchema = z.strictObject({
	/** Of the code for which it was made. */
	publicKey: sha256Schema,
	token: z.string().min(20),
});

const pendingFileOf = (identityFile: string) => `${identityFile}.pending`;

/**
 * The token with which an edge asks to be enrolled. It lies on disk before the server hears of it: whoever is killed before
 * the answer is written down asks again with the same code and the same token, and is answered the same.
 */
export async function pendingToken(identityFile: string, publicKey: string): Promise<string> {
	const file = pendingFileOf(identityFile);
	for (const known of [await readPending(file), await findIdentity(identityFile).catch(() => null)]) {
		if (known?.publicKey === publicKey) return known.token;
	}
	const token = randomBytes(32).toString("base64url");
	await writeAtomically(file, `${JSON.stringify({ publicKey, token }, null, "\t")}\n`, 0o600);
	return token;
}

export const dropPendingToken = (identityFile: string): Promise<void> =>
	rm(pendingFileOf(identityFile), { force: true });

/** What is damaged is of no use, and is written anew. */
async function readPending(file: string): Promise<z.infer<typeof pendingSchema> | null> {
	try {
		return pendingSchema.safeParse(await readJson(file)).data ?? null;
	} catch {
		return null;
	}
}
