import { type AlertRecord, alertRecordSchema } from "#contract/alert-record.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";

/** What another Keepclear needs to know of it; nothing that people here said. */
export const recordOf = (alert: AlertAnswer): AlertRecord => alertRecordSchema.parse(alert);
