import { chown, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { idSchema, sha256Schema } from "#contract/ids.ts";
import { InputError, parseOrRefuse } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";

const pem = z.string().nullable();

/** Who an edge is and what it signs in with, as `keepclear enrol` writes it: one file, so that it is whole or not there. */
export const identitySchema = z.strictObject({
	siteId: idSchema,
	edgeId: idSchema,
	/** Of the code that it enrolled with: asked for once more, it asks with the same token. */
	publicKey: sha256Schema,
	/** Its bearer token over HTTP and its MQTT password. */
	token: z.string().min(20).max(500),
	/** `ca`, PEM: who alone may have signed its certificate. Null: those that Node trusts. */
	server: z.strictObject({ url: z.string(), ca: pem }),
	/** Null: another broker, which stands in the configuration. */
	mqtt: z.strictObject({ url: z.string(), ca: pem }).nullable(),
});
export type Identity = z.infer<typeof identitySchema>;

/** @throws InputError */
export async function readIdentity(file: string): Promise<Identity> {
	return parseOrRefuse(identitySchema, await readJson(file), file);
}

/** Null: there is none. @throws InputError */
export async function findIdentity(file: string): Promise<Identity | null> {
	try {
		return await readIdentity(file);
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

/** Its owner alone reads it: that is whoever owns the folder, where root writes it for the service's user. */
export async function writeIdentity(file: string, identity: Identity): Promise<void> {
	await writeAtomically(file, `${JSON.stringify(identity, null, "\t")}\n`, 0o600);
	if (process.getuid?.() !== 0) return;
	const { uid, gid } = await stat(dirname(file));
	await chown(file, uid, gid);
}

export async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new InputError(code === undefined ? `${file}: is not JSON` : `${file}: cannot be read (${code})`, { cause });
	}
}

export const isMissing = (error: unknown): boolean =>
	((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
