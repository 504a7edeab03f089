import { readFile } from "node:fs/promises";
import { InputError } from "#platform/input-error.ts";
import { type PublicKey, readPublicKey } from "#platform/signing-key.ts";

/** @throws InputError */
export async function readGivenKey(file: string): Promise<PublicKey> {
	const pem = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`${file}: cannot be read (${cause.code})`, { cause });
	});
	const key = readPublicKey(pem);
	if (!key) throw new InputError(`${file}: must be an Ed25519 public key, PEM (SPKI)`);
	return key;
}
