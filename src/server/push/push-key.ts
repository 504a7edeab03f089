import { createECDH } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "#platform/input-error.ts";
import { writeAtomically } from "#platform/write-atomically.ts";

/** With what the server shows push services that it is the one whom a phone subscribed to (VAPID, P-256); base64url. */
export interface PushKey {
	readonly publicKey: string;
	readonly privateKey: string;
}

const stored = z.strictObject({ privateKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/**
 * Made at the first start; in a file that its owner alone reads, and in memory. Whoever loses it must subscribe anew.
 * @throws InputError naming the file where it holds something else
 */
export async function loadOrMakePushKey(dataFolder: string): Promise<PushKey> {
	const file = join(dataFolder, "web-push-key.json");
	const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	const ecdh = createECDH("prime256v1");
	if (text === null) {
		ecdh.generateKeys();
		const bytes = ecdh.getPrivateKey(); // leading zeros are left out of it
		const privateKey = Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]).toString("base64url");
		await writeAtomically(file, `${JSON.stringify({ privateKey })}\n`, 0o600);
		return { privateKey, publicKey: ecdh.getPublicKey("base64url") };
	}
	try {
		const { privateKey } = stored.parse(JSON.parse(text));
		ecdh.setPrivateKey(Buffer.from(privateKey, "base64url"));
		return { privateKey, publicKey: ecdh.getPublicKey("base64url") };
	} catch {
		throw new InputError(`${file}: holds no key for Web Push; remove it, then phones subscribe anew`);
	}
}
