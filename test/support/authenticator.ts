import { TOTP } from "otpauth";

/** What an authenticator app shows, `steps` of 30 s later. */
export const appCode = (secret: string, at: number, steps = 0): string =>
	new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate({ timestamp: at + steps * 30_000 });
