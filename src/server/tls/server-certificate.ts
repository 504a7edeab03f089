import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import { InputError } from "#platform/input-error.ts";

/** What a TLS server shows and holds. */
export interface ServerCertificate {
	/** PEM: the server's own first, then who signed it. */
	readonly certificate: string;
	/** PEM. */
	readonly key: string;
	/** Unix ms. */
	readonly validFrom: number;
	readonly validUntil: number;
}

export interface CertificateText {
	readonly certificate: string;
	readonly key: string;
	/** How they are called in what is said of them. */
	readonly certificateName: string;
	readonly keyName: string;
}

/**
 * A certificate and its key, held against each other, the clock and the name under which browsers come.
 *
 * @param host of `publicUrl`; null: any name does
 * @throws InputError
 */
export function readServerCertificate(
	{ certificate, key, certificateName, keyName }: CertificateText,
	{ now, host }: { readonly now: number; readonly host: string | null },
): ServerCertificate {
	const first = readFirst(certificate, certificateName);
	if (!first.checkPrivateKey(readKey(key, keyName))) {
		throw new InputError(
			`${keyName}: is not the key of ${certificateName}; its first certificate must be the server's`,
		);
	}
	const [validFrom, validUntil] = [Date.parse(first.validFrom), Date.parse(first.validTo)];
	if (now < validFrom) throw new InputError(`${certificateName}: is not in force before ${day(validFrom)}`);
	if (now > validUntil)
		throw new InputError(`${certificateName}: has ended on ${day(validUntil)}; put a new one in its place`);
	if (host !== null && !isFor(first, host)) {
		const names = namesIn(first).join(", ") || "no name at all";
		throw new InputError(`${certificateName}: is for ${names}, and not for ${host} (publicUrl)`);
	}
	try {
		createSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" });
	} catch (cause) {
		throw new InputError(`${certificateName}: TLS does not take it: ${(cause as Error).message}`, { cause });
	}
	return { certificate, key, validFrom, validUntil };
}

/** DNS names and addresses, as they stand in it. */
export const namesIn = ({ subjectAltName = "" }: Pick<X509Certificate, "subjectAltName">): readonly string[] =>
	subjectAltName.split(", ").flatMap((each) => /^(?:DNS|IP Address):(.+)$/.exec(each)?.[1]?.toLowerCase() ?? []);

export const isFor = (certificate: X509Certificate, host: string): boolean =>
	(isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;

function readFirst(text: string, name: string): X509Certificate {
	try {
		return new X509Certificate(text);
	} catch (cause) {
		throw new InputError(`${name}: holds no certificate as PEM`, { cause });
	}
}

function readKey(text: string, name: string): KeyObject {
	try {
		return createPrivateKey(text);
	} catch (cause) {
		throw new InputError(`${name}: holds no private key as PEM, or one with a password`, { cause });
	}
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
