import { z } from "zod";
import { rights, type Role, roles } from "#core/roles/role-words.ts";
import { scopeKinds } from "#core/roles/scope.ts";
import { idSchema } from "./ids.ts";

/**
 * Signing in and out. Who may do what is `src/core/roles/role-table.ts`.
 *
 *     POST   /api/session                    signInBody -> sessionAnswer (401 wrong_credentials, 429 too_many_attempts)
 *     GET    /api/session                    sessionAnswer, or 401 not_signed_in
 *     DELETE /api/session                    204
 *     PUT    /api/session/password           passwordBody -> 204; other sessions end
 */
export { type Role, roles };

export const signInBody = z.strictObject({ name: z.string().min(1).max(80), password: z.string().min(1).max(200) });

export const passwordBody = z.strictObject({
	current: z.string().min(1).max(200),
	next: z.string().min(1).max(200),
});

/** Where a person's rights hold: everywhere, or in one part of the organisation. */
export const scopeSchema = z.union([
	z.strictObject({ kind: z.literal("all") }),
	z.strictObject({ kind: z.enum(scopeKinds), id: idSchema }),
]);

export const sessionAnswer = z.object({
	user: z.object({
		id: z.string(),
		name: z.string(),
		role: z.enum(roles),
		rights: z.array(z.enum(rights)),
		scopes: z.array(scopeSchema),
		/** The authority that the person works for. */
		receiverId: z.string().nullable(),
	}),
	/** To be sent back as header `x-csrf-token` with everything that changes something. */
	csrfToken: z.string(),
	/** The password was made by an administrator: another is to be chosen before anything else is let through. */
	mustChangePassword: z.boolean().default(false),
});

export type SignInBody = z.infer<typeof signInBody>;
export type PasswordBody = z.infer<typeof passwordBody>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
