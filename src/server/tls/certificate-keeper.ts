import { X509Certificate } from "node:crypto";
import { stat } from "node:fs/promises";
import { hostOf } from "#platform/host-of.ts";
import type { Logger } from "#platform/log.ts";
import { wait } from "#platform/wait.ts";
import type { ServerConfig } from "../config.ts";
import { readPem } from "../read-secret.ts";
import { keepOwnCertificates, ownCertificateFile, readAuthority } from "./own-certificates.ts";
import { ownNames } from "./own-names.ts";
import { readServerCertificate, type ServerCertificate } from "./server-certificate.ts";

const lookEveryMs = 5_000;
const renewEveryMs = 3_600_000;
const sayAgainMs = 86_400_000;
/** Somebody should put another in its place by then. */
export const endsSoonMs = 21 * 86_400_000;
/** Edges that are away for months are to hear of the next one too. */
export const authorityEndsSoonMs = 365 * 86_400_000;

export interface CertificateFiles {
	readonly certificateFile: string;
	readonly keyFile: string;
}

/** The certificate with which this server speaks TLS: looked at while it runs, and exchanged without a restart. */
export class CertificateKeeper {
	readonly files: CertificateFiles;
	readonly #config: ServerConfig;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #listeners: ((certificate: ServerCertificate) => void)[] = [];
	#authority: string | null;
	#current: ServerCertificate;
	#seen: string;
	#renewsNextAt = 0;
	#saysNextAt = 0;

	private constructor(parts: {
		config: ServerConfig;
		log: Logger;
		now: () => number;
		files: CertificateFiles;
		authority: string | null;
		current: ServerCertificate;
		seen: string;
	}) {
		this.files = parts.files;
		this.#config = parts.config;
		this.#log = parts.log;
		this.#now = parts.now;
		this.#authority = parts.authority;
		this.#current = parts.current;
		this.#seen = parts.seen;
	}

	/** Null: no TLS of ours. @throws InputError */
	static async open(
		config: ServerConfig,
		{ log, now }: { log: Logger; now: () => number },
	): Promise<CertificateKeeper | null> {
		const { tls, dataFolder } = config;
		if (tls.kind === "off") return null;
		if (tls.kind === "own") await keepOwnCertificates(dataFolder, { names: ownNames(config), now: now() });
		const own = ownCertificateFile(dataFolder);
		const files = tls.kind === "own" ? { certificateFile: own, keyFile: own } : tls;
		const authority = await authorityOf(config);
		const seen = await stampOf(files);
		const current = await readFiles(config, files, now());
		return new CertificateKeeper({ config, log, now, files, authority, current, seen });
	}

	get current(): ServerCertificate {
		return this.#current;
	}

	/** PEM of who signed it, and of who will, to be told to edges; null: machines know it. */
	get authority(): string | null {
		return this.#authority;
	}

	onChange(listener: (certificate: ServerCertificate) => void): void {
		this.#listeners.push(listener);
	}

	/** Until `signal` is aborted. SIGHUP: looks at once. */
	async run(signal: AbortSignal): Promise<void> {
		let hurry = new AbortController();
		const onHangUp = () => hurry.abort();
		process.on("SIGHUP", onHangUp);
		try {
			while (!signal.aborted) {
				await wait(lookEveryMs, AbortSignal.any([signal, hurry.signal]));
				const isAsked = hurry.signal.aborted;
				hurry = new AbortController();
				if (!signal.aborted) await this.look({ again: isAsked });
			}
		} finally {
			process.off("SIGHUP", onHangUp);
		}
	}

	/** What cannot be taken is said, and the one before stays. */
	async look({ again = false } = {}): Promise<void> {
		try {
			await this.#renewOwn();
			this.#authority = await authorityOf(this.#config);
			const stamp = await stampOf(this.files);
			if (again || stamp !== this.#seen) {
				this.#seen = stamp;
				this.#take(await readFiles(this.#config, this.files, this.#now()));
			}
		} catch (error) {
			const why = (error as Error).message;
			this.#log.error({ why }, "the certificate cannot be exchanged: the one before is shown on");
		}
		this.#sayEnds();
	}

	#take(certificate: ServerCertificate): void {
		this.#current = certificate;
		this.#saysNextAt = 0;
		for (const listener of this.#listeners) listener(certificate);
		const until = new Date(certificate.validUntil).toISOString();
		this.#log.info({ until }, "another certificate is shown from now on");
	}

	async #renewOwn(): Promise<void> {
		if (this.#config.tls.kind !== "own" || this.#now() < this.#renewsNextAt) return;
		this.#renewsNextAt = this.#now() + renewEveryMs;
		await keepOwnCertificates(this.#config.dataFolder, { names: ownNames(this.#config), now: this.#now() });
	}

	#sayEnds(): void {
		const now = this.#now();
		if (now < this.#saysNextAt) return;
		const [until, authorityUntil] = [this.#current.validUntil, endOfFirst(this.#authority)];
		if (until - now <= endsSoonMs) {
			this.#saysNextAt = now + sayAgainMs;
			const file = this.files.certificateFile;
			this.#log.warn({ until: day(until), file }, "the certificate ends soon: put another in its place");
		}
		if (this.#config.tls.kind === "own" && authorityUntil - now <= authorityEndsSoonMs) {
			this.#saysNextAt = now + sayAgainMs;
			this.#log.warn(
				{ until: day(authorityUntil) },
				"the authority that edges trust ends within a year: keepclear tls rotate",
			);
		}
	}
}

const day = (at: number) => new Date(at).toISOString();
/** Of the authority in force: the next one stands behind it. */
const endOfFirst = (pem: string | null) => (pem === null ? Infinity : Date.parse(new X509Certificate(pem).validTo));

async function authorityOf({ tls, dataFolder }: ServerConfig): Promise<string | null> {
	if (tls.kind === "own") return readAuthority(dataFolder);
	return tls.kind === "off" || tls.caFile === undefined ? null : readPem("tls.caFile", tls.caFile);
}

/** @throws InputError */
export async function readFiles(
	config: ServerConfig,
	files: CertificateFiles,
	now: number,
): Promise<ServerCertificate> {
	const isOwn = config.tls.kind === "own";
	const [certificateName, keyName] = isOwn
		? [files.certificateFile, files.keyFile]
		: [`tls.certificateFile: ${files.certificateFile}`, `tls.keyFile: ${files.keyFile}`];
	const certificate = await readPem(isOwn ? "tls" : "tls.certificateFile", files.certificateFile);
	const key = await readPem(isOwn ? "tls" : "tls.keyFile", files.keyFile);
	const { publicUrl } = config;
	// Behind a proxy the name is the proxy's.
	const host = publicUrl === undefined || config.listen.trustedProxies.length > 0 ? null : hostOf(new URL(publicUrl));
	return readServerCertificate({ certificate, key, certificateName, keyName }, { now, host });
}

/** Changes when one of the files does. */
async function stampOf({ certificateFile, keyFile }: CertificateFiles): Promise<string> {
	const stamps = await Promise.all(
		[certificateFile, keyFile].map((file) =>
			stat(file).then(
				({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
				(error: NodeJS.ErrnoException) => String(error.code),
			),
		),
	);
	return stamps.join(" ");
}
