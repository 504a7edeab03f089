import { auditAnswer, type AuditQuery } from "#contract/audit-api.ts";
import { request } from "./http.ts";

/** Calls of the HTTP API by the auditor; the paths stand in src/contract. */

export type AuditFilters = Omit<AuditQuery, "before" | "limit">;

export const loadAudit = (filters: AuditFilters, before: number | undefined, signal?: AbortSignal) =>
	request("GET", `/api/audit?${queryOf({ ...filters, before })}`, auditAnswer, { signal });

export const auditTableUrl = (filters: AuditFilters, reason: string): string =>
	`/api/audit/table?${queryOf({ ...filters, reason })}`;

function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(values)) if (value !== undefined) query.set(key, String(value));
	return query.toString();
}
