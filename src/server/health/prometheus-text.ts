export type Labels = Readonly<Record<string, string>>;

export interface Sample {
	/** What follows the metric's name: `_bucket`, `_sum`, `_count` of a histogram. */
	readonly suffix?: string;
	readonly labels?: Labels;
	readonly value: number;
}

export interface Metric {
	readonly name: string;
	readonly help: string;
	readonly type: "gauge" | "counter" | "histogram";
	readonly samples: readonly Sample[];
}

export const gauge = (name: string, help: string, value: number): Metric => ({
	name,
	help,
	type: "gauge",
	samples: [{ value }],
});

/** Prometheus' text format, 0.0.4. */
export function writeMetric({ name, help, type, samples }: Metric): string {
	const lines = samples.map(({ suffix = "", labels = {}, value }) => {
		const inside = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`);
		return `${name}${suffix}${inside.length > 0 ? `{${inside.join(",")}}` : ""} ${value}`;
	});
	return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

const escape = (text: string) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
