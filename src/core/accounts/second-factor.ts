import { inGroups } from "../in-groups.ts";
import type { Role } from "../roles/role-words.ts";
import { isSensitive } from "./session-limits.ts";

/** Required: set up before anything else. Offered: whoever wants to sets it up. Off: nobody is asked for a code. */
export const factorModes = ["required", "offered", "off"] as const;
export type FactorMode = (typeof factorModes)[number];

/** One for everybody, or by role; a role that is not named has its default. */
export type FactorSettings = FactorMode | { readonly [R in Role]?: FactorMode | undefined };

export const factorModeOf = (settings: FactorSettings, role: Role): FactorMode =>
	typeof settings === "string" ? settings : (settings[role] ?? (isSensitive(role) ? "required" : "offered"));

/** RFC 6238, as every authenticator app makes it. */
export const totp = { algorithm: "SHA1", digits: 6, periodS: 30 } as const;
/** So many steps a code may be early or late: clocks differ, and a code takes time to be typed (RFC 6238, 5.2). */
export const stepsBeside = 1;

/** For who typed the password to find the telephone. */
export const ticketForMs = 10 * 60_000;
export const triesOfTicket = 5;
/** A secret that is shown waits so long for its first code; and so long nobody is asked again for the password just typed. */
export const setUpWithinMs = 15 * 60_000;

/** What stands in for a telephone that is lost: told once, each taken once. */
export const recoveryCodes = {
	count: 10,
	/** 31 letters and digits that are not mistaken for one another: 15 of them carry 74 bits. */
	alphabet: "abcdefghjkmnpqrstuvwxyz23456789",
	length: 15,
} as const;

export type SecondStep =
	{ readonly kind: "code"; readonly digits: string } | { readonly kind: "recovery_code"; readonly letters: string };

/** As people type and paste it: `123 456`, `１２３４５６`, `ABCDE-FGHJK-MNPQR`. Null: it can be neither. */
export function readSecondStep(text: string): SecondStep | null {
	const plain = text
		.normalize("NFKC")
		.replace(/[\s\p{Pd}]+/gu, "")
		.toLowerCase();
	if (new RegExp(`^[0-9]{${totp.digits}}$`).test(plain)) return { kind: "code", digits: plain };
	const { alphabet, length } = recoveryCodes;
	if (new RegExp(`^[${alphabet}]{${length}}$`).test(plain)) return { kind: "recovery_code", letters: plain };
	return null;
}

/** In groups of five, to be read and typed. */
export const writeRecoveryCode = (letters: string): string => inGroups(letters, 5);
