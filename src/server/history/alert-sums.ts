import type { HistoryFigures, HistoryLine } from "#contract/history-api.ts";
import { availability, falseAlarmRate, noTime, responseFigures, type TimeFigures } from "#core/history/figures.ts";
import type { Judgement } from "#core/history/judgement.ts";

/** One alert as it is counted. */
export interface CountedAlert {
	readonly id: string;
	readonly judgement: Judgement;
	readonly acknowledgeMs: number | null;
	readonly clearMs: number | null;
	/** How long it stood there, as far as is known. */
	readonly stoodMs: number;
}

/** Alerts of one line of a table. */
export class AlertSum {
	alerts = 0;
	falseAlarms = 0;
	exempt = 0;
	longest: { alertId: string; ms: number } | null = null;
	readonly #acknowledgeMs: number[] = [];
	readonly #clearMs: number[] = [];

	add({ id, judgement, acknowledgeMs, clearMs, stoodMs }: CountedAlert): void {
		this.alerts += 1;
		if (judgement === "false_alarm") this.falseAlarms += 1;
		if (judgement === "exempt") this.exempt += 1;
		if (judgement !== "counts") return;
		if (acknowledgeMs !== null) this.#acknowledgeMs.push(acknowledgeMs);
		if (clearMs !== null) this.#clearMs.push(clearMs);
		if (this.longest === null || stoodMs > this.longest.ms) this.longest = { alertId: id, ms: stoodMs };
	}

	/** @param whole false where time is of one class or cause alone: then nothing is said of how much was free */
	figures(time: TimeFigures, whole: boolean): HistoryFigures {
		const { alerts, falseAlarms, exempt, longest } = this;
		return {
			...time,
			availability: whole ? availability(time) : null,
			...{ alerts, falseAlarms, exempt, longest },
			falseAlarmRate: falseAlarmRate(falseAlarms, alerts),
			acknowledge: responseFigures(this.#acknowledgeMs),
			clear: responseFigures(this.#clearMs),
		};
	}
}

/** Lines by their key, in the order in which they first came. */
export class Lines {
	readonly #lines = new Map<string, { name: string; time: TimeFigures; alerts: AlertSum }>();

	line(key: string, name = key): { readonly time: TimeFigures; readonly alerts: AlertSum } {
		let line = this.#lines.get(key);
		if (!line) this.#lines.set(key, (line = { name, time: noTime(), alerts: new AlertSum() }));
		return line;
	}

	answer(whole: boolean): HistoryLine[] {
		return [...this.#lines].map(([key, { name, time, alerts }]) => ({ key, name, ...alerts.figures(time, whole) }));
	}
}

export function addTime(sum: TimeFigures, more: TimeFigures): void {
	sum.occupiedMs += more.occupiedMs;
	sum.freeMs += more.freeMs;
	sum.unknownMs += more.unknownMs;
}
