import { inGroups } from "../in-groups.ts";

/** Letters and digits that nobody mistakes for one another: no 0 and O, no 1 and I. 32 of them: five bits each. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const secretLetters = 15;
const groupOf = 4;

/** So many random bytes make a code: 75 of their 80 bits. */
export const codeBytes = 10;
/** A code that nobody used is over after so long. */
export const codeForMs = 30 * 60_000;
/** The edge that used a code may ask again for so long: it was killed before it had written the answer down. */
export const codeAgainForMs = 10 * 60_000;
/** A code is void after so many requests that name it and are not signed with it. */
export const mostCodeFailures = 10;

/**
 * The one-time code by which an edge enrols: `ABCD-EFGH-JKLM-NPQR`. Fifteen letters are secret, the last one lets a typing
 * mistake be told before anything is sent.
 */
export function codeFrom(bytes: Uint8Array): string {
	if (bytes.length !== codeBytes) throw new Error(`a code is made of ${codeBytes} bytes`);
	let bits = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
	let letters = "";
	for (let index = 0; index < secretLetters; index++) {
		letters += alphabet.charAt(Number(bits & 31n));
		bits >>= 5n;
	}
	return grouped(letters + checkLetter(letters));
}

/** The code as it was made, whatever its case and groups; or what is wrong with what was typed. */
export function readCode(typed: string): { readonly code: string } | { readonly problem: string } {
	const letters = typed.toUpperCase().replace(/[\s-]/g, "");
	const strange = [...letters].find((letter) => !alphabet.includes(letter));
	if (strange !== undefined) return { problem: `${strange} is in no code; there are A-Z without I and O, and 2-9` };
	if (letters.length !== secretLetters + 1) {
		return { problem: `a code has ${secretLetters + 1} letters and digits, this one has ${letters.length}` };
	}
	if (checkLetter(letters.slice(0, secretLetters)) !== letters.charAt(secretLetters)) {
		return { problem: "one of its letters is mistyped" };
	}
	return { code: grouped(letters) };
}

/** Odd weights: any one wrong letter shows, and nearly any two in the wrong order. */
const checkLetter = (letters: string): string =>
	alphabet.charAt(
		[...letters].reduce((sum, letter, index) => sum + (2 * index + 1) * alphabet.indexOf(letter), 0) % 32,
	);

const grouped = (letters: string): string => inGroups(letters, groupOf);
