import { z } from "zod";

/**
 * Signing in and out.
 *
 *     POST   /api/session                    signInBody -> sessionAnswer (401 wrong_credentials, 429 too_many_attempts)
 *     GET    /api/session                    sessionAnswer, or 401 not_signed_in
 *     DELETE /api/session                    204
 */

/** `supervisor` approves what a duty officer (`operator`) confirmed, and transfers it. */
export const roles = ["admin", "supervisor", "operator"] as const;
export type Role = (typeof roles)[number];

export const signInBody = z.strictObject({ name: z.string().min(1).max(80), password: z.string().min(1).max(200) });

export const sessionAnswer = z.object({
	user: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }),
	/** To be sent back as header `x-csrf-token` with everything that changes something. */
	csrfToken: z.string(),
});

export type SignInBody = z.infer<typeof signInBody>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
