import {
	createHmac,
	createPrivateKey,
	createPublicKey,
	type KeyObject,
	scryptSync,
	sign,
	timingSafeEqual,
	verify,
} from "node:crypto";

/** What both sides make of a code. The code itself has 75 random bits; scrypt makes each guess dearer. */
export interface EnrolmentKeys {
	/** Ed25519, hexadecimal: by it the server finds the code. */
	readonly publicKey: string;
	/** The edge's signature, base64. */
	sign(text: string): string;
	/** With it the server proves its answer; 32 bytes, hexadecimal. */
	readonly serverKey: string;
}

/** @param code as `readCode` gives it */
export function enrolmentKeysOf(code: string): EnrolmentKeys {
	const made = scryptSync(code, "keepclear enrolment 1", 64, { N: 2 ** 14, r: 8, p: 1 });
	const privateKey = createPrivateKey({
		key: Buffer.concat([seedPrefix, made.subarray(0, 32)]),
		format: "der",
		type: "pkcs8",
	});
	return {
		publicKey: rawPublicKey(createPublicKey(privateKey)),
		sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64"),
		serverKey: made.subarray(32).toString("hex"),
	};
}

/** Whether the text was signed with the key of this code. */
export function isSignedByCode(publicKey: string, text: string, signatureBase64: string): boolean {
	try {
		const key = createPublicKey({
			key: Buffer.concat([publicPrefix, Buffer.from(publicKey, "hex")]),
			format: "der",
			type: "spki",
		});
		return verify(null, Buffer.from(text), key, Buffer.from(signatureBase64, "base64"));
	} catch {
		return false; // no point of the curve
	}
}

export const proofOf = (serverKey: string, text: string): string =>
	createHmac("sha256", Buffer.from(serverKey, "hex")).update(text).digest("hex");

export const isProof = (serverKey: string, text: string, proof: string): boolean => {
	const [right, told] = [Buffer.from(proofOf(serverKey, text)), Buffer.from(proof)];
	return right.length === told.length && timingSafeEqual(right, told);
};

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI (RFC 8410). */
const seedPrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

const rawPublicKey = (key: KeyObject) =>
	key.export({ format: "der", type: "spki" }).subarray(publicPrefix.length).toString("hex");
