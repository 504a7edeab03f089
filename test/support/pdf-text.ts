/**
 * What can be read in a PDF of ours, page by page, line by line: by its own table from glyphs to characters, as any
 * reader's search and copying do. For PDFs of one font whose streams are not deflated.
 */
export function textOfPdf(pdf: Buffer): readonly string[] {
	const objects = objectsOf(pdf.toString("latin1"));
	const characters = charactersOf(objects);
	return [...objects.values()]
		.filter((object) => /\/Type \/Page\n/.test(object))
		.map((page) => objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? "") ?? "")
		.map((content) =>
			[...content.matchAll(/\[(.*)\] TJ/g)].map(([, shown]) => read(shown ?? "", characters)).join("\n"),
		);
}

function objectsOf(text: string): ReadonlyMap<string, string> {
	const objects = [...text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)];
	return new Map(objects.map(([, id, content]) => [id ?? "", content ?? ""]));
}

/** By glyph, in hexadecimal. A glyph may stand for several. */
function charactersOf(objects: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	const characters = new Map<string, string>();
	for (const object of objects.values()) {
		for (const [, first, list] of object.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
			for (const [i, [, hex]] of [...(list ?? "").matchAll(/<([0-9a-f ]*)>/g)].entries()) {
				const glyph = (parseInt(first ?? "0", 16) + i).toString(16).padStart(4, "0");
				characters.set(
					glyph,
					Buffer.from((hex ?? "").replaceAll(" ", ""), "hex")
						.swap16()
						.toString("utf16le"),
				);
			}
		}
	}
	return characters;
}

const read = (shown: string, characters: ReadonlyMap<string, string>) =>
	[...shown.matchAll(/<([0-9a-f]*)>/g)]
		.flatMap(([, hex]) => hex?.match(/.{4}/g) ?? [])
		.map((glyph) => characters.get(glyph) ?? "\uFFFD")
		.join("");
