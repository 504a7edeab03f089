import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerConfig } from "../config.ts";
import type { CertificateKeeper } from "../tls/certificate-keeper.ts";
import type { Metric, Sample } from "./prometheus-text.ts";

/** When what we show ends, and the authority that edges trust; nothing where a proxy speaks TLS for us. */
export async function measureCertificates(
	{ mqtt }: Pick<ServerConfig, "mqtt">,
	certificates: CertificateKeeper | null,
): Promise<readonly Metric[]> {
	const samples: Sample[] = [];
	if (certificates) {
		const { current, authority } = certificates;
		samples.push(ends("server", current.validUntil));
		if (authority !== null) samples.push(ends("authority", endOf(authority)));
	} else if (mqtt.kind === "embedded" && mqtt.tls) {
		// What cannot be read now is no end: the broker has its own.
		const broker = await readFile(mqtt.tls.certificateFile, "utf8").then(endOf, () => null);
		if (broker !== null) samples.push(ends("broker", broker));
	}
	if (samples.length === 0) return [];
	const help = "When a certificate ends, Unix time: server (and its broker), broker alone, authority that edges trust";
	return [{ name: "keepclear_certificate_end_timestamp_seconds", help, type: "gauge", samples }];
}

const ends = (of: string, until: number): Sample => ({ labels: { of }, value: until / 1000 });
const endOf = (pem: string) => Date.parse(new X509Certificate(pem).validTo);
