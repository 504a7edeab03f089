/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One value, one text, by RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no blanks, numbers
 * and strings as ECMAScript writes them. Its UTF-8 bytes are what is hashed and signed.
 *
 * @throws RangeError for what I-JSON (RFC 7493) does not carry unharmed: numbers that are not finite, whole numbers
 * beyond 2^53, half a surrogate pair. Refused rather than rounded: a hash over something else would be the worse lie.
 */
export function canonicalJson(value: Json): string {
	if (typeof value === "string") return textOf(value);
	if (typeof value === "number") return numberOf(value);
	if (value === null || typeof value === "boolean") return String(value);
	if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
	const members = Object.keys(value)
		.sort() // by UTF-16 code units, as the RFC asks for
		.map((key) => `${textOf(key)}:${canonicalJson(memberOf(value, key))}`);
	return `{${members.join(",")}}`;
}

/** The value of a text that is canonical to the last byte; null for every other text. */
export function parseCanonicalJson(text: string): { readonly value: Json } | null {
	try {
		const value = JSON.parse(text) as Json;
		return canonicalJson(value) === text ? { value } : null;
	} catch {
		return null;
	}
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function memberOf(value: { readonly [key: string]: Json }, key: string): Json {
	const member = value[key];
	if (member === undefined || typeof member === "function")
		throw new RangeError(`${key}: is nothing that JSON can say`);
	return member;
}

function numberOf(value: number): string {
	if (!Number.isFinite(value)) throw new RangeError(`${value}: is no number that JSON can say`);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new RangeError(`${value}: whole numbers beyond 2^53 are not carried unharmed`);
	}
	return JSON.stringify(value); // -0 becomes 0, as the RFC says
}

const halfOfAPair = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function textOf(text: string): string {
	if (halfOfAPair.test(text)) throw new RangeError("a text holds half a surrogate pair");
	return JSON.stringify(text);
}
