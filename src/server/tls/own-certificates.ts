import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { InputError } from "#platform/input-error.ts";
import { renameDurably, writeAtomically } from "#platform/write-atomically.ts";
import { inWorkFolder, runOpenssl } from "./openssl.ts";
import { isFor } from "./server-certificate.ts";

/** Edges know it by heart: it is to outlive them. */
const authorityDays = 20 * 365;
/** As long as browsers take one of anybody. */
const certificateDays = 397;
const newKey = ["-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-sha256"];

export const tlsFolder = (dataFolder: string) => join(dataFolder, "tls");
/** Certificate and key in one file each, so that neither is there without the other; 0600. */
export const authorityFile = (dataFolder: string) => join(tlsFolder(dataFolder), "authority.pem");
/** The one that takes its place (`keepclear tls rotate`), while edges are told of it. */
export const nextAuthorityFile = (dataFolder: string) => join(tlsFolder(dataFolder), "authority-next.pem");
export const ownCertificateFile = (dataFolder: string) => join(tlsFolder(dataFolder), "server.pem");
/** Certificates alone, of the authority and of the next one: for edges and browsers. */
export const publicAuthorityFile = (dataFolder: string) => join(tlsFolder(dataFolder), "authority.crt");

/**
 * An authority of our own, made once, and a certificate of it for these names, made anew when a third of its time is left or
 * a name has come. Answers whether one was made.
 *
 * @throws InputError where a file holds something else, or openssl is missing
 */
export async function keepOwnCertificates(
	dataFolder: string,
	{ names, now }: { readonly names: readonly string[]; readonly now: number },
): Promise<boolean> {
	const folder = tlsFolder(dataFolder);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await sweep(folder);
	const authority =
		(await readOwn(authorityFile(dataFolder))) ?? (await makeAuthority(dataFolder, authorityFile(dataFolder)));
	const next = await readOwn(nextAuthorityFile(dataFolder));
	await writeAtomically(publicAuthorityFile(dataFolder), `${authority.toString()}${next?.toString() ?? ""}`, 0o644);
	const known = await readOwn(ownCertificateFile(dataFolder));
	if (known && !isDue(known, { authority, names, now })) return false;
	await makeCertificate(dataFolder, names);
	return true;
}

/** Whom edges are to trust, as they are told. */
export const readAuthority = (dataFolder: string): Promise<string> => readFile(publicAuthorityFile(dataFolder), "utf8");

/** The authority, and the one that is to take its place. Null: there is none. @throws InputError */
export async function readAuthorities(
	dataFolder: string,
): Promise<{ readonly now: X509Certificate | null; readonly next: X509Certificate | null }> {
	return { now: await readOwn(authorityFile(dataFolder)), next: await readOwn(nextAuthorityFile(dataFolder)) };
}

/** From now on edges are told of both. */
export async function makeNextAuthority(dataFolder: string): Promise<void> {
	await makeAuthority(dataFolder, nextAuthorityFile(dataFolder));
}

/** The next one is the authority from now on; the one before, and its key, are gone. Then its certificate is due. */
export const turnToNextAuthority = (dataFolder: string): Promise<void> =>
	renameDurably(nextAuthorityFile(dataFolder), authorityFile(dataFolder));

export function isDue(
	certificate: X509Certificate,
	{ authority, names, now }: { authority: X509Certificate; names: readonly string[]; now: number },
): boolean {
	const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
	const isOld = until - now < (until - from) / 3;
	return isOld || !certificate.verify(authority.publicKey) || names.some((name) => !isFor(certificate, name));
}

async function makeAuthority(dataFolder: string, file: string): Promise<X509Certificate> {
	const config = `[req]
distinguished_name = dn
prompt = no
x509_extensions = authority
[dn]
CN = Keepclear authority ${randomBytes(4).toString("hex")}
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`;
	return inWorkFolder(tlsFolder(dataFolder), { "authority.cnf": config }, async (folder) => {
		const out = ["-keyout", "authority.key", "-out", "authority.pem"];
		const days = String(authorityDays);
		await runOpenssl(["req", "-x509", ...newKey, "-days", days, "-config", "authority.cnf", ...out], folder);
		return writePair(file, folder, "authority");
	});
}

async function makeCertificate(dataFolder: string, names: readonly string[]): Promise<void> {
	const alternatives = names.map((name) => `${isIP(name) === 0 ? "DNS" : "IP"}:${name}`);
	const config = "[req]\ndistinguished_name = dn\nprompt = no\n[dn]\nCN = Keepclear\n";
	const extensions = `basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${alternatives.join(", ")}
`;
	const files = {
		"server.cnf": config,
		"server.ext": extensions,
		"authority.pem": await readFile(authorityFile(dataFolder), "utf8"),
	};
	await inWorkFolder(tlsFolder(dataFolder), files, async (folder) => {
		await runOpenssl(
			["req", ...newKey, "-config", "server.cnf", "-keyout", "server.key", "-out", "server.csr"],
			folder,
		);
		await runOpenssl(
			[
				...["x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.pem", "-sha256"],
				...["-set_serial", `0x4${randomBytes(15).toString("hex")}`, "-days", String(certificateDays)],
				...["-extfile", "server.ext", "-out", "server.pem"],
			],
			folder,
		);
		await writePair(ownCertificateFile(dataFolder), folder, "server");
	});
}

async function writePair(file: string, folder: string, name: string): Promise<X509Certificate> {
	const certificate = new X509Certificate(await readFile(join(folder, `${name}.pem`)));
	const key = await readFile(join(folder, `${name}.key`), "utf8");
	await writeAtomically(file, `${certificate.toString()}${key}`, 0o600);
	return certificate;
}

/** Null: it was never made. What it is instead is for a person to find out: another authority would shut every edge out. */
async function readOwn(file: string): Promise<X509Certificate | null> {
	try {
		const text = await readFile(file, "utf8");
		const certificate = new X509Certificate(text);
		if (certificate.checkPrivateKey(createPrivateKey(text))) return certificate;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw new InputError(`${file}: holds no certificate with its key; put it back from where you keep it`, { cause });
	}
	throw new InputError(`${file}: its key is another certificate's; put it back from where you keep it`);
}

/** What was left by whoever was killed while a key was made. */
async function sweep(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		if (name.startsWith("making-")) await rm(join(folder, name), { recursive: true, force: true });
	}
}
