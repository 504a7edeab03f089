/** `{name}` in a text stands for a value. */
const placeholder = /\{([^{}]*)\}/g;

/** Names in the text that stand for nothing. */
export const unknownFields = (text: string, known: readonly string[]): string[] =>
	[...text.matchAll(placeholder)].map(([, name]) => name ?? "").filter((name) => !known.includes(name));

/** The text with the values in it. Values are not looked at again: what is in them stands for nothing. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
	text.replace(placeholder, (whole, name: string) => values[name] ?? whole);
