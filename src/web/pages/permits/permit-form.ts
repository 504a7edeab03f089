import { maxPermitMs, permitBody, type PermitBody } from "#contract/policy-api.ts";

/**
 * What stands in the form; times by the site's clock, as text: a browser writes its own date fields in the language of the
 * browser, not of the page.
 */
export interface PermitForm {
	readonly from: string;
	readonly until: string;
	readonly plate: string;
	readonly reason: string;
}

export type PermitFormProblem = "errReason" | "errUntil" | "errLong" | "errPlate" | "errTime";

/** What can be sent, or what is wrong with which field. `offsetMs`: what the site's clock is ahead of UTC. */
export function readPermitForm(
	{ from, until, plate, reason }: PermitForm,
	{ laneId, now, offsetMs }: { laneId: string; now: number; offsetMs: (at: number) => number },
): { body: PermitBody } | { problems: Partial<Record<keyof PermitForm, PermitFormProblem>> } {
	const [fromAt, untilAt] = [instantOf(from, offsetMs), instantOf(until, offsetMs)];
	const problems: Partial<Record<keyof PermitForm, PermitFormProblem>> = {};
	if (fromAt === null) problems.from = "errTime";
	if (untilAt === null) problems.until = "errTime";
	else if (fromAt !== null && (untilAt <= fromAt || untilAt <= now)) problems.until = "errUntil";
	else if (fromAt !== null && untilAt - fromAt > maxPermitMs) problems.until = "errLong";
	if (reason.trim() === "") problems.reason = "errReason";
	const readPlate = permitBody.shape.plate.safeParse(plate.trim() === "" ? null : plate);
	if (!readPlate.success) problems.plate = "errPlate";
	if (Object.keys(problems).length > 0 || fromAt === null || untilAt === null || !readPlate.success)
		return { problems };
	return { body: { laneId, from: fromAt, until: untilAt, plate: readPlate.data, reason: reason.trim() } };
}

/** `2026-11-25 18:00` by the site's clock at an instant. */
export function wallText(at: number, offsetMs: (at: number) => number): string {
	return new Date(at + offsetMs(at)).toISOString().slice(0, 16).replace("T", " ");
}

function instantOf(text: string, offsetMs: (at: number) => number): number | null {
	const wall = readWall(text);
	if (wall === null) return null;
	// The offset that holds then, not now; near a clock change the second look decides.
	const near = wall - offsetMs(wall);
	return wall - offsetMs(near);
}

/** As people write it: with one digit or two, with any of the usual signs between them, narrow or full width. */
function readWall(text: string): number | null {
	const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})\s+(\d{1,2}):(\d{2})$/.exec(
		text.normalize("NFKC").trim().replace(/[T日]/, " "),
	);
	if (!found) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
	const wall = Date.UTC(year, month - 1, day, hour, minute);
	const read = new Date(wall);
	const isReal = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && hour <= 23 && minute <= 59;
	return isReal ? wall : null;
}
