/** Where an arrow key leads from tile `from` in a grid read row by row; null where the key leads nowhere. */
export function tileAfterKey(key: string, from: number, columns: number, count: number): number | null {
	if (from < 0 || count === 0) return null;
	switch (key) {
		case "ArrowRight":
			return from + 1 < count ? from + 1 : null;
		case "ArrowLeft":
			return from > 0 ? from - 1 : null;
		case "ArrowDown":
			if (from + columns < count) return from + columns;
			// The last row may be shorter: go to its end rather than nowhere.
			return Math.floor(from / columns) < Math.floor((count - 1) / columns) ? count - 1 : null;
		case "ArrowUp":
			return from >= columns ? from - columns : null;
		case "Home":
			return 0;
		case "End":
			return count - 1;
		default:
			return null;
	}
}
