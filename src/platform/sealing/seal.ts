import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { InputError } from "../input-error.ts";
import type { VaultKey } from "./vault-key.ts";

const mark = "k1";
export const isSealed = (text: string): boolean => text.startsWith(`${mark}.`);
/** Of the key that it was sealed with. */
export const keyIdIn = (sealed: string): string => sealed.split(".")[1] ?? "";

/** AES-256-GCM. `place` (table, column, row) is sealed in: a value that is moved elsewhere does not open. */
export function sealWith(key: VaultKey, text: string, place: string): string {
	const nonce = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(Buffer.from(place));
	const content = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
	return `${mark}.${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), content]).toString("base64url")}`;
}

/** @throws InputError where it is of another key, or was changed */
export function openWith(key: VaultKey, sealed: string, place: string): string {
	const bytes = Buffer.from(sealed.split(".")[2] ?? "", "base64url");
	try {
		const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, 12), { authTagLength: 16 });
		decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28));
		return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
	} catch (cause) {
		throw new InputError(`${place}: a sealed value was changed or moved`, { cause });
	}
}
