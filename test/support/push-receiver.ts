import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Pushed {
	readonly headers: IncomingHttpHeaders;
	/** What the phone reads. */
	readonly text: string;
	/** What the sender says of itself, its signature checked: audience, end, contact. */
	readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
	/** With what it signed, base64url. */
	readonly publicKey: string;
}

export interface PushReceiver {
	readonly origin: string;
	/** As a browser gives it to the page. */
	readonly subscription: {
		readonly endpoint: string;
		readonly keys: { readonly p256dh: string; readonly auth: string };
	};
	readonly got: Pushed[];
	/** What is answered next; 201 otherwise. */
	answer: number;
	close(): Promise<void>;
}

/**
 * A push service and the phone behind it in one: takes what RFC 8030 says, checks the signature (RFC 8292), and decrypts with
 * the phone's keys (RFC 8291, 8188). What does not hold is answered with 400 and is not among `got`.
 */
export async function startPushReceiver(): Promise<PushReceiver> {
	const phone = createECDH("prime256v1");
	phone.generateKeys();
	const auth = randomBytes(16);
	const got: Pushed[] = [];
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			if (receiver.answer !== 201) return response.writeHead(receiver.answer).end();
			try {
				if (request.method !== "POST" || request.headers["content-encoding"] !== "aes128gcm")
					throw new Error("no push");
				if (!/^\d+$/.test(String(request.headers["ttl"]))) throw new Error("no TTL");
				got.push({
					headers: request.headers,
					text: decrypt(body, phone, auth),
					...signer(String(request.headers.authorization)),
				});
				response.writeHead(201).end();
			} catch {
				response.writeHead(400).end();
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const receiver: PushReceiver = {
		origin,
		subscription: {
			endpoint: `${origin}/push/${randomBytes(9).toString("base64url")}`,
			keys: { p256dh: phone.getPublicKey("base64url"), auth: auth.toString("base64url") },
		},
		got,
		answer: 201,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return receiver;
}

const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]) => {
	const sum = createHmac("sha256", key);
	for (const part of parts) sum.update(part);
	return sum.digest();
};

/** One record: salt (16), record size (4), key length (1), the sender's key, then the record. */
function decrypt(body: Buffer, phone: ReturnType<typeof createECDH>, auth: Buffer): string {
	const salt = body.subarray(0, 16);
	const senderKey = body.subarray(21, 21 + (body[20] as number));
	const record = body.subarray(21 + senderKey.length);
	const shared = phone.computeSecret(senderKey);
	const info = Buffer.concat([Buffer.from("WebPush: info\0"), phone.getPublicKey(), senderKey, Buffer.of(1)]);
	const secret = hmac(hmac(salt, hmac(hmac(auth, shared), info)), "Content-Encoding: aes128gcm\0", Buffer.of(1));
	const nonce = hmac(hmac(salt, hmac(hmac(auth, shared), info)), "Content-Encoding: nonce\0", Buffer.of(1));
	const decipher = createDecipheriv("aes-128-gcm", secret.subarray(0, 16), nonce.subarray(0, 12));
	decipher.setAuthTag(record.subarray(-16));
	const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
	const end = padded.lastIndexOf(2); // the last record's delimiter, then zeros
	return padded.subarray(0, end).toString("utf8");
}

function signer(authorization: string): Pick<Pushed, "claims" | "publicKey"> {
	const [, token = "", publicKey = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
	const [head = "", claims = "", signature = ""] = token.split(".");
	const point = Buffer.from(publicKey, "base64url");
	const key = createPublicKey({
		key: {
			...{ kty: "EC", crv: "P-256" },
			...{ x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") },
		},
		format: "jwk",
	});
	const signed = Buffer.from(`${head}.${claims}`);
	const holds = verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
	if (!holds) throw new Error("the signature does not hold");
	return { publicKey, claims: JSON.parse(Buffer.from(claims, "base64url").toString()) as Pushed["claims"] };
}
