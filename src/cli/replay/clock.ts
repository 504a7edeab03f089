/** Minutes and seconds of a recording: 1:02.5 */
export function clock(ms: number): string {
	const minutes = Math.floor(ms / 60_000);
	return `${minutes}:${((ms - minutes * 60_000) / 1000).toFixed(1).padStart(4, "0")}`;
}
