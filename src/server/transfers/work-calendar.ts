import { z } from "zod";
import { addDays, daysBetween } from "#core/calendar/days.ts";
import type { WorkCalendar } from "#core/calendar/working-days.ts";

const mostDays = 31;
const day = z.iso.date("must be a day of the calendar such as 2026-10-01");

/** One day, or the first and the last with a stroke between them (ISO 8601), as the yearly notice names them. */
const holiday = z.string().transform((text, context): string[] => {
	const refuse = (message: string) => {
		context.addIssue({ code: "custom", message });
		return [];
	};
	const [first, last = first, ...more] = text.split("/");
	if (more.length > 0 || !day.safeParse(first).success || !day.safeParse(last).success)
		return refuse("must be a day such as 2026-01-01, or the first and the last, 2026-10-01/2026-10-07");
	const count = daysBetween(first!, last!);
	if (count < 1 || count > mostDays) return refuse(`must go from the first day to the last, ${mostDays} days at most`);
	return Array.from({ length: count }, (_, index) => addDays(first!, index));
});

/** Public holidays and the weekends worked in their place, as announced year by year; the law's working days need them. */
export const workCalendarSchema = z
	.strictObject({
		holidays: z.array(holiday).max(200).default([]),
		workdays: z.array(day).max(200).default([]),
	})
	.superRefine(({ holidays, workdays }, context) => {
		const off = new Set(holidays.flat());
		for (const [index, worked] of workdays.entries()) {
			if (!off.has(worked)) continue;
			context.addIssue({ code: "custom", path: ["workdays", index], message: `${worked} is among the holidays too` });
		}
	})
	.transform(({ holidays, workdays }): WorkCalendar => ({
		holidays: new Set(holidays.flat()),
		workdays: new Set(workdays),
	}));
