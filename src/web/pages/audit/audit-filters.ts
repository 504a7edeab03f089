import { ledgerWords } from "#contract/ledger.ts";
import { addDays, dayStart } from "#core/calendar/days.ts";
import type { AuditFilters } from "../../api/audit-api.ts";
import { siteTimeZone } from "../../time/format-time.ts";

/** What the address asks for; days are those of the site's calendar, the last one included. */
export function filtersOf(query: URLSearchParams): AuditFilters {
	const text = (key: string) => query.get(key)?.trim() ?? "";
	const day = (key: string) => (/^\d{4}-\d\d-\d\d$/.test(text(key)) ? text(key) : null);
	const what = ledgerWords.find((word) => word === text("what"));
	const [from, until] = [day("from"), day("until")];
	return {
		...(text("who") === "" ? {} : { who: text("who") }),
		...(what === undefined ? {} : { what }),
		...(text("on") === "" ? {} : { on: text("on") }),
		...(from === null ? {} : { from: dayStart(siteTimeZone, from) }),
		...(until === null ? {} : { until: dayStart(siteTimeZone, addDays(until, 1)) }),
	};
}
