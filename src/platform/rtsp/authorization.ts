import { createHash } from "node:crypto";

export interface Credentials {
	readonly user: string;
	readonly password: string;
}

/** What a `WWW-Authenticate` header asks for: `{ scheme: "digest", realm, nonce, … }`. Names in lower case. */
export type Challenge = { readonly scheme: "basic" | "digest"; readonly fields: ReadonlyMap<string, string> };

/** The strongest of the challenges that we can answer, or null. */
export function chooseChallenge(headers: readonly string[]): Challenge | null {
	const challenges = headers.map(readChallenge).filter((challenge) => challenge !== null);
	return challenges.find(({ scheme }) => scheme === "digest") ?? challenges[0] ?? null;
}

function readChallenge(header: string): Challenge | null {
	const scheme = /^(basic|digest)\b/i.exec(header)?.[1]?.toLowerCase();
	if (scheme !== "basic" && scheme !== "digest") return null;
	const fields = readFields(header.slice(scheme.length));
	if (scheme === "digest" && !hashOf(fields)) return null;
	return { scheme, fields };
}

/** `a="x", b=y` as a map. A name is read from its beginning alone: a header of one endless name would keep us for seconds. */
export function readFields(text: string): Map<string, string> {
	const fields = new Map<string, string>();
	for (const [, name, quoted, bare] of text.matchAll(/(?<![a-z-])([a-z-]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/gi)) {
		if (name) fields.set(name.toLowerCase(), quoted ?? bare ?? "");
	}
	return fields;
}

/** The value of `Authorization` that answers `challenge` for one request. Digest as in RFC 2617 and RFC 7616. */
export function authorize(challenge: Challenge, { user, password }: Credentials, method: string, uri: string): string {
	if (challenge.scheme === "basic") return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
	const { fields } = challenge;
	const given = new Map([...fields].filter(([name]) => ["realm", "nonce", "opaque", "algorithm"].includes(name)));
	given.set("username", user).set("uri", uri);
	// The nonce is the camera's and is used for one connection; "cnonce" is only there because qop demands it.
	if (
		fields
			.get("qop")
			?.split(",")
			.some((word) => word.trim() === "auth")
	) {
		given
			.set("qop", "auth")
			.set("nc", "00000001")
			.set("cnonce", hex("md5", `${fields.get("nonce")}:${uri}`).slice(0, 16));
	}
	given.set("response", digestResponse(given, password, method));
	const bare = ["algorithm", "qop", "nc"];
	const field = (name: string, value: string) =>
		bare.includes(name) ? `${name}=${value}` : `${name}="${value.replaceAll(`"`, `\\"`)}"`;
	return `Digest ${[...given].map(([name, value]) => field(name, value)).join(", ")}`;
}

/** The `response` that belongs to the other fields of a Digest header. */
export function digestResponse(fields: ReadonlyMap<string, string>, password: string, method: string): string {
	const hash = hashOf(fields) ?? "md5";
	const field = (name: string) => fields.get(name) ?? "";
	const secret = hex(hash, `${field("username")}:${field("realm")}:${password}`);
	const request = hex(hash, `${method}:${field("uri")}`);
	const middle = fields.has("qop") ? `${field("nonce")}:${field("nc")}:${field("cnonce")}:auth` : field("nonce");
	return hex(hash, `${secret}:${middle}:${request}`);
}

/** Null for what we do not know, "-sess" among it. */
function hashOf(fields: ReadonlyMap<string, string>): "md5" | "sha256" | null {
	const algorithm = (fields.get("algorithm") ?? "MD5").toUpperCase();
	return algorithm === "MD5" ? "md5" : algorithm === "SHA-256" ? "sha256" : null;
}

const hex = (hash: string, text: string) => createHash(hash).update(text, "utf8").digest("hex");
