import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { inGroups } from "#core/in-groups.ts";

/** 256 random bits, as 43 characters that a URL, a header and a cookie carry unchanged. */
export const randomToken = () => randomBytes(32).toString("base64url");

export const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");

/** Takes the same time whatever the texts are. */
export const sameSecret = (left: string, right: string) =>
	timingSafeEqual(createHash("sha256").update(left).digest(), createHash("sha256").update(right).digest());

/** Letters and digits that are not mistaken for one another, in groups: to be read from a screen and typed. */
export function randomPassword(): string {
	const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"; // 31: 20 of them carry 99 bits
	const letters: string[] = [];
	while (letters.length < 20) {
		const byte = randomBytes(1)[0] ?? 255;
		if (byte < 248) letters.push(alphabet[byte % 31] ?? ""); // 248 = 8 * 31: no letter is likelier than another
	}
	return inGroups(letters.join(""), 5);
}
