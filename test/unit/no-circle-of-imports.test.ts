import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("no files import each other in a circle, types included", () => {
	const files = ["src", "edge", "scripts"].flatMap(sourcesIn);
	expect(files.length).toBeGreaterThan(900);
	const known = new Set(files);
	const imports = new Map(files.map((file) => [file, importsOf(file).filter((other) => known.has(other))]));
	expect(findCircle(imports)).toBeNull();
});

test("a circle is found and named", () => {
	const imports = { "a.ts": ["b.ts"], "b.ts": ["c.ts", "d.ts"], "c.ts": [], "d.ts": ["b.ts"] };
	expect(findCircle(new Map(Object.entries(imports)))).toEqual(["b.ts", "d.ts", "b.ts"]);
});

function sourcesIn(folder: string): string[] {
	const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
	return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
	return importedFiles.flatMap(({ fileName }) => {
		const named = /^#(core|contract|platform)\//.exec(fileName);
		if (named) return `src/${fileName.slice(1)}`;
		return fileName.startsWith(".") ? relative(root, join(root, dirname(file), fileName)) : [];
	});
}

/** The files of one circle in the order of their imports, the first again at the end. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): string[] | null {
	const done = new Set<string>();
	const follow = (file: string, way: readonly string[]): string[] | null => {
		if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
		if (done.has(file)) return null;
		for (const other of imports.get(file) ?? []) {
			const circle = follow(other, [...way, file]);
			if (circle) return circle;
		}
		done.add(file);
		return null;
	};
	for (const file of imports.keys()) {
		const circle = follow(file, []);
		if (circle) return circle;
	}
	return null;
}
