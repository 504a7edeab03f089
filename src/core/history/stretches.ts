/** A stretch of time, Unix ms; its end is not part of it. */
export interface Stretch {
	readonly from: number;
	readonly to: number;
}

/** In order, none touching the next. */
export function merged(stretches: Iterable<Stretch>): readonly Stretch[] {
	const all: { from: number; to: number }[] = [];
	const inOrder = [...stretches].filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
	for (const { from, to } of inOrder) {
		const last = all.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else all.push({ from, to });
	}
	return all;
}

/** What two lists (each merged) have in common. */
export function common(one: readonly Stretch[], other: readonly Stretch[]): readonly Stretch[] {
	const found: Stretch[] = [];
	for (let i = 0, j = 0; i < one.length && j < other.length;) {
		const [a, b] = [one[i] as Stretch, other[j] as Stretch];
		const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
		if (from < to) found.push({ from, to });
		if (a.to < b.to) i += 1;
		else j += 1;
	}
	return found;
}

/** What of `whole` none of `taken` (merged) covers. */
export function gaps(whole: Stretch, taken: readonly Stretch[]): readonly Stretch[] {
	const found: Stretch[] = [];
	let from = whole.from;
	for (const each of taken) {
		if (each.to <= from) continue;
		if (each.from >= whole.to) break;
		if (each.from > from) found.push({ from, to: each.from });
		from = each.to;
	}
	if (from < whole.to) found.push({ from, to: whole.to });
	return found;
}

export const totalMs = (stretches: readonly Stretch[]): number =>
	stretches.reduce((sum, { from, to }) => sum + to - from, 0);
