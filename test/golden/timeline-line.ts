import type { OccupancyEvent } from "#core/occupancy/types.ts";

/** What happened, as a line that people can read. */
export function lineOf(event: OccupancyEvent): string {
	const head = `${seconds(event.at)}  ${event.zoneId}  ${event.kind}`;
	switch (event.kind) {
		case "entered":
			return `${head} ${event.occupant.label}`;
		case "left":
			return head;
		case "exempted":
		case "exemptionEnded":
			return `${head} ${event.stay.exemption.reason}`;
		case "raised":
			return `${head} ${event.period.label}, entered ${seconds(event.period.enteredAt)}`;
		case "cleared":
			return `${head} ${event.period.label}, free since ${seconds(event.period.clearedAt ?? 0)}`;
		case "stateChanged":
			return `${head} ${event.state}${event.reason ? ` (${event.reason})` : ""} since ${seconds(event.since)}`;
	}
}

const seconds = (ms: number) => (ms / 1000).toFixed(2).padStart(6);
