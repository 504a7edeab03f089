import { z } from "zod";
import { rights, type Role, roles } from "#core/roles/role-words.ts";
import { scopeKinds } from "#core/roles/scope.ts";
import { idSchema, instantSchema } from "./ids.ts";

/**
 * Signing in and out, and what a person does about the own account. Who may do what is `src/core/roles/role-table.ts`.
 *
 *     POST   /api/session                    signInBody -> sessionAnswer, or 202 secondStepAnswer where a code is asked for
 *                                            (401 wrong_credentials, 403 no_screen, factor_first, 429 too_many_attempts)
 *     POST   /api/session/code               codeBody -> sessionAnswer (401 wrong_code; 401 ticket_over: from the password on)
 *     GET    /api/session                    sessionAnswer, or 401 not_signed_in
 *     DELETE /api/session                    204
 *     PUT    /api/session/password           passwordBody -> 204 (400 at the field, 429); every session ends, and this page has
 *                                            a new one
 *     GET    /api/account/sessions           accountSessionsAnswer: one's own, the newest sight first
 *     POST   /api/account/sessions/end       endSessionBody -> accountSessionsAnswer (404)
 *
 * A page sends `attendedHeader` where somebody touched it within the last minute: sessions of some roles go on by that
 * alone, and an open page that asks by itself does not keep them.
 *
 * Who owes a password of his own, or a second factor, is answered 403 `password_due` or `factor_due` by everything but what
 * he needs to have it.
 */
export { type Role, roles };

export const attendedHeader = "x-attended";

const password = z.string().min(1).max(200);

export const signInBody = z.strictObject({
	name: z.string().min(1).max(80),
	password,
	/** A screen on a wall: it stays signed in for weeks, only shows, and nothing can be done from it. */
	isScreen: z.boolean().optional(),
});

/** The password was right. Between it and the code stands a ticket, in a cookie of this browser. */
export const secondStepAnswer = z.object({
	secondStep: z.literal("code"),
	/** From then on the password is asked for again. */
	endsAt: instantSchema,
});
/** Six digits of the app, or a recovery code; blanks and dashes in it are of no meaning. */
export const codeBody = z.strictObject({ code: z.string().trim().min(1).max(40) });

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
	/** A screen on a wall: its rights are to look. */
	isScreen: z.boolean(),
	/** To be sent back as header `x-csrf-token` with everything that changes something. */
	csrfToken: z.string(),
	/** The password was made by an administrator: another is to be chosen before anything else is let through. */
	mustChangePassword: z.boolean().default(false),
	/** The role needs a second factor, and there is none: it is set up before anything else is let through. */
	factorDue: z.boolean().default(false),
});

export const accountSession = z.object({
	id: z.string(),
	/** What the browser says of itself (User-Agent). */
	agent: z.string(),
	/** Where it was last. */
	address: z.string(),
	signedInAt: instantSchema,
	seenAt: instantSchema,
	/** It ends then in any case. */
	endsAt: instantSchema,
	isScreen: z.boolean(),
	/** The one that asks. */
	isThis: z.boolean(),
});
export const accountSessionsAnswer = z.object({ sessions: z.array(accountSession) });
export const endSessionBody = z.union([
	z.strictObject({ id: z.string().min(1).max(64) }),
	z.strictObject({ allOthers: z.literal(true) }),
]);

export type SignInBody = z.infer<typeof signInBody>;
export type SecondStepAnswer = z.infer<typeof secondStepAnswer>;
export type CodeBody = z.infer<typeof codeBody>;
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type AccountSession = z.infer<typeof accountSession>;
export type AccountSessionsAnswer = z.infer<typeof accountSessionsAnswer>;
export type EndSessionBody = z.infer<typeof endSessionBody>;
export type PasswordBody = z.infer<typeof passwordBody>;
