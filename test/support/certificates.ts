import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface TestCertificates {
	/** PEM text. */
	readonly ca: string;
	readonly certificateFile: string;
	readonly keyFile: string;
}

/** An authority of our own and a certificate of it for 127.0.0.1 and localhost, made by openssl. */
export function makeCertificates(folder: string): TestCertificates {
	const at = (name: string) => join(folder, name);
	const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
	const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
	openssl("req", "-x509", ...newKey, "-subj", "/CN=test authority", "-keyout", at("ca.key"), "-out", at("ca.pem"));
	openssl(
		...["req", "-x509", ...newKey, "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-subj", "/CN=localhost"],
		...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"],
		...["-keyout", at("broker.key"), "-out", at("broker.pem")],
	);
	return { ca: readFileSync(at("ca.pem"), "utf8"), certificateFile: at("broker.pem"), keyFile: at("broker.key") };
}
