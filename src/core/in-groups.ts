/** Letters in groups of `size`, to be read from a screen and typed: `abcde-fghjk-mn`. */
export const inGroups = (letters: string, size: number, between = "-"): string =>
	(letters.match(new RegExp(`.{1,${size}}`, "gsu")) ?? []).join(between);
