import type { HistoryFigures, HistoryLine } from "#contract/history-api.ts";
import { availability, falseAlarmRate, noTime, responseFigures, type TimeFigures } from "#core/history/figures.ts";
import type { AlertRow } from "./made-rows-reader.ts";

type Counted = Pick<AlertRow, "id" | "judgement" | "acknowledgeMs" | "clearMs">;

/** Alerts of one line of a table. */
export class AlertSum {
	alerts = 0;
	falseAlarms = 0;
	exempt = 0;
	longest: { alertId: string; ms: number } | null = null;
	readonly acknowledgeMs: number[] = [];
	readonly clearMs: number[] = [];

	/** @param stoodMs how long it stood there, as far as is known */
	add(alert: Counted, stoodMs: number): void {
		this.alerts += 1;
		if (alert.judgement !== "counts") {
			if (alert.judgement === "exempt") this.exempt += 1;
			else this.falseAlarms += 1;
			return;
		}
		if (alert.acknowledgeMs !== null) this.acknowledgeMs.push(alert.acknowledgeMs);
		if (alert.clearMs !== null) this.clearMs.push(alert.clearMs);
		if (this.longest === null || stoodMs > this.longest.ms) this.longest = { alertId: alert.id, ms: stoodMs };
	}

	/** @param whole false where time is of one class or cause alone: then nothing is said of how much was free */
	figures(time: TimeFigures, whole: boolean): HistoryFigures {
		const { alerts, falseAlarms, exempt, longest } = this;
		return {
			...time,
			availability: whole ? availability(time) : null,
			...{ alerts, falseAlarms, exempt, longest },
			falseAlarmRate: falseAlarmRate(falseAlarms, alerts),
			acknowledge: responseFigures(this.acknowledgeMs),
			clear: responseFigures(this.clearMs),
		};
	}
}

/** One line of a table while it is added up. */
export interface Line {
	readonly key: string;
	readonly name: string;
	readonly time: TimeFigures;
	readonly alerts: AlertSum;
}

/** Lines by their key, in the order in which they first came. */
export class Lines {
	readonly #lines = new Map<string, Line>();

	line(key: string, name = key): Line {
		let line = this.#lines.get(key);
		if (!line) this.#lines.set(key, (line = { key, name, time: noTime(), alerts: new AlertSum() }));
		return line;
	}

	inPlace(): readonly Line[] {
		return [...this.#lines.values()];
	}
}

export const lineFigures = ({ key, name, time, alerts }: Line, whole: boolean): HistoryLine => ({
	...{ key, name },
	...alerts.figures(time, whole),
});

export function addTime(sum: TimeFigures, more: TimeFigures): void {
	sum.occupiedMs += more.occupiedMs;
	sum.freeMs += more.freeMs;
	sum.unknownMs += more.unknownMs;
}
