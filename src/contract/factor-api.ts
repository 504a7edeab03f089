import { z } from "zod";
import { factorModes, recoveryCodes } from "#core/accounts/second-factor.ts";
import { instantSchema } from "./ids.ts";
import { codeBody, sessionAnswer } from "./session-api.ts";

/**
 * One's own second factor: six digits of an authenticator app (TOTP, RFC 6238), and recovery codes for when the telephone
 * is lost. Signing in with it stands in `session-api.ts`; an administrator resets another's by `users-api.ts`.
 *
 *     GET    /api/account/factor                   factorAnswer
 *     POST   /api/account/factor/draft             draftBody -> factorDraft: shown once; the factor before holds meanwhile
 *     PUT    /api/account/factor                   codeBody -> factorSetUp (400 at `code`; 409 no_draft); other sessions end,
 *                                                  this page has a new one
 *     POST   /api/account/factor/remove            proofBody -> 204 (409 factor_required)
 *     POST   /api/account/factor/recovery-codes    proofBody -> recoveryCodesAnswer; those before end
 *
 * A proof is the password and a code, of the app or a recovery code. 400 at `proof` where either is wrong, 429.
 */
export const factorAnswer = z.object({
	/** Of one's role. */
	mode: z.enum(factorModes),
	/** When it was set up; null: it is not. */
	since: instantSchema.nullable(),
	recoveryCodesLeft: z.number().int(),
	/** What a draft is asked for: nothing right after signing in, the password, or both where there is a factor. */
	draftAsks: z.enum(["nothing", "password", "password_and_code"]),
});

export const proofBody = codeBody.extend({ password: z.string().min(1).max(200) });
export const draftBody = proofBody.partial();
export const factorDraft = z.object({
	/** Base32, for who types it. */
	secret: z.string(),
	/** `otpauth://totp/…`, for a QR code. */
	uri: z.string(),
	endsAt: instantSchema,
});

export const recoveryCodesAnswer = z.object({
	/** `abcde-fghjk-mnpqr`; told once. */
	recoveryCodes: z.array(z.string()).length(recoveryCodes.count),
});
export const factorSetUp = recoveryCodesAnswer.extend({ session: sessionAnswer });

export type FactorAnswer = z.infer<typeof factorAnswer>;
export type ProofBody = z.infer<typeof proofBody>;
export type DraftBody = z.infer<typeof draftBody>;
export type FactorDraft = z.infer<typeof factorDraft>;
export type FactorSetUp = z.infer<typeof factorSetUp>;
