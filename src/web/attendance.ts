import { attendedHeader } from "#contract/session-api.ts";

/** So long after a touch the page counts as attended. */
const attendedForMs = 60_000;
const tellEveryMs = 60_000;
const touches = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

let touchedAt = Number.NEGATIVE_INFINITY;

/** Whether somebody sits at the page, or it asks by itself: sessions of some roles go on by the former alone. */
export const attendedHeaders = (): Record<string, string> =>
	performance.now() - touchedAt < attendedForMs ? { [attendedHeader]: "1" } : {};

/**
 * Follows whether the page is touched, and calls `tell` once a minute: reading keeps a session going, and one that ended
 * is noticed on a page that asks nothing else.
 */
export function startAttendance(tell: () => void): void {
	const touch = () => {
		touchedAt = performance.now();
	};
	for (const event of touches) addEventListener(event, touch, { capture: true, passive: true });
	setInterval(tell, tellEveryMs);
}
