import { z } from "zod";
import { instantSchema, madeIdSchema, sha256Schema } from "./ids.ts";

/**
 * The server's ledger: who did what with evidence, and why. Rows are only ever added, each holds the hash of the one
 * before it (`src/core/evidence/ledger-chain.ts`), and each is written in the transaction of what it tells of.
 *
 *     GET    /api/alerts/<id>/custody        custodyAnswer: all of one alert, oldest first
 */
export const ledgerWords = [
	"evidence_stored",
	"evidence_refused", // other bytes than its manifest names
	"manifest_accepted",
	"manifest_refused",
	"key_registered",
	"key_refused", // another key than the edge's
	"key_replacement_allowed",
	"key_replaced",
	"viewed", // once a person, file or clue, and hour
	"signed_in",
	"session_ended", // by its owner, from elsewhere
	"password_changed", // by its owner
	"factor_set_up", // by its owner: a second factor, or another in its place
	"factor_removed", // by its owner
	"factor_reset", // by an administrator, or on the command line
	"recovery_codes_renewed",
	"recovery_code_used",
	"code_refused", // again and again, after the right password
	"change_asked", // before it was done, of the set-up: cameras, zones, policy, permits, edges, authorities, sites
	"enrolment_code_made", // for an edge
	"edge_enrolled", // it got credentials by a code, and those before ended
	"edge_revoked",
	"authority_exchanged", // of our own TLS: `detail.step` is next_made or exchanged
	"searched", // for a plate, which stands as a salted hash
	"exported",
	"transferred",
	"reviewed",
	"review_taken_back",
	"marking_stored",
	"transfer_entry", // what the receiver let us know: receipt, feedback, corrections
	"imported", // from a package of another Keepclear
	"deleted",
	"held", // by a person, from being deleted
	"hold_ended",
	"restored", // from a backup, of the moment that `detail.madeAt` names
] as const;

export const ledgerRowSchema = z.object({
	seq: z.number().int(),
	at: instantSchema,
	who: z.object({ kind: z.enum(["user", "edge", "system"]), id: z.string() }),
	/** The person's name; null for a program. */
	whoName: z.string().nullable(),
	what: z.enum(ledgerWords),
	on: z.object({ kind: z.string(), id: z.string() }),
	/** The alert that it belongs to. */
	alertId: z.string().nullable(),
	why: z.string().nullable(),
	detail: z.json(),
	previous: sha256Schema,
	hash: sha256Schema,
});

export const custodyAnswer = z.object({ alertId: madeIdSchema, rows: z.array(ledgerRowSchema) });

export type LedgerWord = (typeof ledgerWords)[number];
export type CustodyAnswer = z.infer<typeof custodyAnswer>;
