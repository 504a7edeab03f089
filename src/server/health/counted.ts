import type { Labels, Metric, Sample } from "./prometheus-text.ts";

/** Figures that only grow, one for each set of labels. Labels come from the program, never from outside: they are few. */
export class Counter {
	readonly #name: string;
	readonly #help: string;
	readonly #values = new Map<string, { readonly labels: Labels; value: number }>();

	constructor(name: string, help: string) {
		this.#name = name;
		this.#help = help;
	}

	add(labels: Labels, by = 1): void {
		const key = JSON.stringify(labels);
		const known = this.#values.get(key);
		if (known) known.value += by;
		else this.#values.set(key, { labels, value: by });
	}

	read(): Metric {
		return { name: this.#name, help: this.#help, type: "counter", samples: [...this.#values.values()] };
	}
}

interface Series {
	readonly labels: Labels;
	/** One more than there are bounds: the last takes what is above all of them. */
	readonly counts: number[];
	sum: number;
}

/** How often a figure was at most each bound. */
export class Histogram {
	readonly #name: string;
	readonly #help: string;
	readonly #bounds: readonly number[];
	readonly #series = new Map<string, Series>();

	/** @param bounds ascending */
	constructor(name: string, help: string, bounds: readonly number[]) {
		this.#name = name;
		this.#help = help;
		this.#bounds = bounds;
	}

	observe(labels: Labels, value: number): void {
		const key = JSON.stringify(labels);
		let series = this.#series.get(key);
		if (!series) {
			series = { labels, counts: Array.from({ length: this.#bounds.length + 1 }, () => 0), sum: 0 };
			this.#series.set(key, series);
		}
		const at = this.#bounds.findIndex((bound) => value <= bound);
		const index = at < 0 ? this.#bounds.length : at;
		series.counts[index] = (series.counts[index] ?? 0) + 1;
		series.sum += value;
	}

	read(): Metric {
		const samples = [...this.#series.values()].flatMap((series) => this.#samplesOf(series));
		return { name: this.#name, help: this.#help, type: "histogram", samples };
	}

	#samplesOf({ labels, counts, sum }: Series): Sample[] {
		let total = 0;
		const buckets = counts.map((count, index) => {
			total += count;
			const le = index < this.#bounds.length ? String(this.#bounds[index]) : "+Inf";
			return { suffix: "_bucket", labels: { ...labels, le }, value: total };
		});
		return [...buckets, { suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: total }];
	}
}
