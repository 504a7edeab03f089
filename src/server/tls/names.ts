import { isIP } from "node:net";

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** A host's name or address: OpenSSL's configuration gets no word that is anything else. */
export const isName = (text: string): boolean =>
	isIP(text) !== 0 || (text.length <= 253 && text.split(".").every((part) => label.test(part)));
