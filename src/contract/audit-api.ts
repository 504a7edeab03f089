import { z } from "zod";
import { ledgerRowSchema, ledgerWords } from "./ledger.ts";

/**
 * The auditor's side of the ledger: who saw, changed, took away and searched what, and when.
 *
 *     GET    /api/audit           auditQuery -> auditAnswer, newest first
 *     GET    /api/audit/table     auditTableQuery -> text/csv; taking it is itself recorded, with its reason
 */
const number = z.coerce.number().int();
const filters = {
	/** A person's or an edge's id. */
	who: z.string().max(127).optional(),
	what: z.enum(ledgerWords).optional(),
	/** What it was done with: an alert's, a camera's, a transfer's … id. */
	on: z.string().trim().min(1).max(127).optional(),
	/** From this instant on, until before that one. */
	from: number.optional(),
	until: number.optional(),
};
export const auditQuery = z.object({
	...filters,
	/** Rows before this one. */
	before: number.optional(),
	limit: number.min(1).max(200).default(100),
});
export const auditTableQuery = z.object({
	...filters,
	reason: z.string().trim().min(1, "says why").max(200),
});

export const auditAnswer = z.object({
	rows: z.array(ledgerRowSchema),
	more: z.boolean(),
	/** Everybody who stands in the ledger, by name. */
	people: z.array(z.object({ id: z.string(), name: z.string() })),
});

export type AuditQuery = z.infer<typeof auditQuery>;
export type AuditTableQuery = z.infer<typeof auditTableQuery>;
export type AuditAnswer = z.infer<typeof auditAnswer>;
