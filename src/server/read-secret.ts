import { readFile } from "node:fs/promises";
import { InputError } from "#platform/input-error.ts";

/** The first line of a file that holds a secret and nothing else. @throws InputError */
export async function readSecret(file: string): Promise<string> {
	const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`${file}: cannot be read (${cause.code})`, { cause });
	});
	const secret = text.split("\n", 1)[0]?.trim() ?? "";
	if (secret === "") throw new InputError(`${file}: its first line must hold the secret`);
	return secret;
}

/** The PEM text of a certificate's file. @param key of the configuration, for the sentence; @throws InputError */
export async function readPem(key: string, file: string): Promise<string> {
	return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
		throw new InputError(`${key}: ${file} cannot be read (${cause.code})`, { cause });
	});
}
