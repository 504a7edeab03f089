import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../input-error.ts";
import { writeAtomically } from "../write-atomically.ts";

/** AES-256: 32 bytes. Its id tells keys apart and says nothing of them. */
export interface VaultKey {
	readonly id: string;
	readonly bytes: Buffer;
}

export function newKey(): VaultKey {
	return keyOf(randomBytes(32));
}

/** One key a line, the present one first. Null: there is no such file. @throws InputError where it holds something else */
export function readKeys(file: string): readonly VaultKey[] | null {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === "ENOENT") return null;
		throw new InputError(`secrets.keyFile: ${file} cannot be read (${code})`, { cause });
	}
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	if (lines.length === 0 || lines.some((line) => !/^[0-9a-f]{64}$/.test(line))) {
		throw new InputError(`secrets.keyFile: ${file} holds no key: 64 hexadecimal digits a line`);
	}
	return lines.map((line) => keyOf(Buffer.from(line, "hex")));
}

/** Durable before it is used: nothing is ever sealed with a key that a power cut takes away. */
export async function writeKeys(file: string, keys: readonly VaultKey[]): Promise<void> {
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	await writeAtomically(file, keys.map(({ bytes }) => `${bytes.toString("hex")}\n`).join(""), 0o600);
}

const keyOf = (bytes: Buffer): VaultKey => ({
	id: createHash("sha256").update("keepclear vault key").update(bytes).digest("hex").slice(0, 8),
	bytes,
});
