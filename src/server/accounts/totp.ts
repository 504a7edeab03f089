import { Secret, TOTP } from "otpauth";
import { stepsBeside, totp } from "#core/accounts/second-factor.ts";

/** 160 random bits, as RFC 4226 (R6) wants them; base32. */
export const newFactorSecret = (): string => new Secret({ size: 20 }).base32;

const periodMs = totp.periodS * 1000;

/**
 * The step (30 s since 1970) whose code this is, as far as it is now or close by; null: of none. The library compares in
 * constant time.
 */
export function stepOfCode(secret: string, digits: string, at: number): number | null {
	const delta = ofSecret(secret).validate({ token: digits, timestamp: at, window: stepsBeside });
	return delta === null ? null : Math.floor(at / periodMs) + delta;
}

/** What an authenticator app reads as a QR code: `otpauth://totp/…`. */
export const factorUri = (secret: string, userName: string, serverName: string): string =>
	ofSecret(secret, { label: userName, issuer: shortName(serverName) }).toString();

/** Not too many bytes for a QR code, in which a Chinese character takes nine and stands twice; and a colon would end it. */
const shortName = (name: string) => [...name.replaceAll(":", " ")].slice(0, 20).join("").trim();

const ofSecret = (secret: string, names: { label?: string; issuer?: string } = {}) =>
	new TOTP({ ...names, algorithm: totp.algorithm, digits: totp.digits, period: totp.periodS, secret });
