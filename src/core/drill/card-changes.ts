/** What became of one part of a card between two versions of it. */
export interface CardChange<K extends string> {
	readonly part: K;
	/** As people call it; empty where there is one such part alone. */
	readonly name: string;
	readonly how: "added" | "changed" | "removed";
}

/** A card taken apart: parts by their key. */
export type CardParts<K extends string> = ReadonlyMap<
	string,
	{ readonly part: K; readonly name: string; readonly content: unknown }
>;

/** In the order of the newer version, then what is gone. */
export function cardChanges<K extends string>(before: CardParts<K>, after: CardParts<K>): readonly CardChange<K>[] {
	const found: CardChange<K>[] = [];
	for (const [key, { part, name, content }] of after) {
		const known = before.get(key);
		if (!known) found.push({ part, name, how: "added" });
		else if (JSON.stringify(known.content) !== JSON.stringify(content)) found.push({ part, name, how: "changed" });
	}
	for (const [key, { part, name }] of before) if (!after.has(key)) found.push({ part, name, how: "removed" });
	return found;
}
