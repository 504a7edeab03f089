/** The middle one of some instants: when half of a place had come to look as it does. */
export function middleOf(instants: readonly number[]): number {
	return Math.round([...instants].sort((a, b) => a - b)[instants.length >> 1] ?? 0);
}
