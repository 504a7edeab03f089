import { z } from "zod";
import { roles } from "#core/roles/role-words.ts";
import { instantSchema, madeIdSchema } from "./ids.ts";
import { scopeSchema } from "./session-api.ts";

/**
 * Who may sign in. Kept to people all of whose scopes lie within those of the one who asks; nobody gives more than he has.
 *
 *     GET    /api/users                      usersAnswer
 *     POST   /api/users                      userBody -> 201 passwordAnswer
 *     PATCH  /api/users/<id>                 userPatch -> userAnswer; 409 changed_meanwhile, last_administrator
 *     POST   /api/users/<id>/password        passwordAnswer: a new one-time password; ends the user's sessions
 *     DELETE /api/users/<id>/sessions        204
 *     DELETE /api/users/<id>/factor          204: the second factor of a lost telephone; ends the user's sessions
 *                                            (409 own_account, no_factor)
 *
 * A one-time password is shown to the one who asked for it and nobody else; its owner may do nothing before he has chosen
 * another (`PUT /api/session/password`).
 */
const grant = {
	role: z.enum(roles),
	scopes: z.array(scopeSchema).max(50),
	/** The authority that the person works for. */
	receiverId: madeIdSchema.nullable().default(null),
};

export const userBody = z.strictObject({ name: z.string().trim().min(1).max(80), ...grant });

/** Of a grant all three come together. `revision`: what the writer had seen. */
export const userPatch = z.strictObject({
	revision: z.number().int().min(1),
	grant: z.strictObject(grant).optional(),
	disabled: z.boolean().optional(),
});

export const userAnswer = z.object({
	id: madeIdSchema,
	name: z.string(),
	...grant,
	revision: z.number().int(),
	createdAt: instantSchema,
	disabledAt: instantSchema.nullable(),
	/** The last time; null: never. */
	signedInAt: instantSchema.nullable(),
	/** How many browsers are signed in now. */
	sessions: z.number().int(),
	/** The one-time password was not changed yet. */
	mustChangePassword: z.boolean(),
	/** The second factor. `due`: the role needs one, and there is none yet. */
	factor: z.enum(["none", "set_up", "due"]),
});

export const usersAnswer = z.object({ users: z.array(userAnswer) });
/** The password is known to nobody else, and told once. */
export const passwordAnswer = z.object({ user: userAnswer, password: z.string() });

export type UserBody = z.output<typeof userBody>;
export type UserPatch = z.output<typeof userPatch>;
export type UserAnswer = z.infer<typeof userAnswer>;
export type PasswordAnswer = z.infer<typeof passwordAnswer>;
