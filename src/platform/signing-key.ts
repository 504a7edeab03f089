import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	type KeyObject,
	sign,
	verify,
} from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeAtomically } from "./write-atomically.ts";

/** A public key as it is handed about: PEM (SPKI), with the id that is its hash. */
export interface PublicKey {
	/** SHA-256 of its DER form (SPKI), hexadecimal. */
	readonly id: string;
	readonly pem: string;
	/** Whether `signature` (64 bytes) is this key's over exactly these bytes. */
	signed(content: Uint8Array, signature: Uint8Array): boolean;
}

/** An Ed25519 key that signs. Its private part is in the file and in memory, and nowhere else. */
export interface SigningKey {
	readonly public: PublicKey;
	/** 64 bytes. */
	sign(content: Uint8Array): Buffer;
}

/**
 * The key in `file`. Where there is none, one is made; it is on disk (0600: the owner alone) before it is used, so that
 * nothing is ever signed with a key that a power cut takes away.
 *
 * @throws Error naming the file where it holds something else: what it was is for a person to find out
 */
export async function loadOrMakeSigningKey(file: string): Promise<SigningKey & { readonly made: boolean }> {
	const stored = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	if (stored !== null) return { ...signingKeyOf(readPrivateKey(stored, file)), made: false };
	const { privateKey } = generateKeyPairSync("ed25519");
	await writeAtomically(file, privateKey.export({ type: "pkcs8", format: "pem" }), 0o600);
	return { ...signingKeyOf(privateKey), made: true };
}

/** Null for a text that is no Ed25519 public key in PEM (SPKI), to the last byte. */
export function readPublicKey(pem: string): PublicKey | null {
	try {
		const key = createPublicKey({ key: pem, format: "pem", type: "spki" });
		if (!pem.startsWith("-----BEGIN PUBLIC KEY-----") || key.asymmetricKeyType !== "ed25519") return null;
		const read = publicKeyOf(key);
		return read.pem === pem ? read : null;
	} catch {
		return null;
	}
}

function readPrivateKey(pem: string, file: string): KeyObject {
	try {
		const key = createPrivateKey(pem);
		if (key.asymmetricKeyType === "ed25519") return key;
	} catch {
		// Said below, without what the library says of the content.
	}
	throw new Error(`${file}: holds no Ed25519 key`);
}

function signingKeyOf(key: KeyObject): SigningKey {
	return { public: publicKeyOf(createPublicKey(key)), sign: (content) => sign(null, content, key) };
}

function publicKeyOf(key: KeyObject): PublicKey {
	return {
		id: createHash("sha256")
			.update(key.export({ type: "spki", format: "der" }))
			.digest("hex"),
		pem: key.export({ type: "spki", format: "pem" }).toString(),
		signed: (content, signature) => signature.length === 64 && verify(null, content, key, signature),
	};
}
