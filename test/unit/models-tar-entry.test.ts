import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTarEntry, TarError } from "../../edge/models/tar-entry.ts";
import { tarOf } from "../support/tar.ts";

const archive = tarOf({ "package/README.md": "read me", "package/model/a.onnx": "weights of a", "package/empty": "" });

async function read(bytes: Uint8Array, path: string, chunkBytes = 1000): Promise<string> {
	async function* chunks() {
		for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
	}
	const parts: Uint8Array[] = [];
	for await (const part of readTarEntry(chunks(), path)) parts.push(part);
	return Buffer.concat(parts).toString();
}

test("one file is read, however the stream is cut into chunks", async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (chunkBytes) => {
			expect(await read(archive, "package/model/a.onnx", chunkBytes)).toBe("weights of a");
			expect(await read(archive, "package/empty", chunkBytes)).toBe("");
		}),
		{ numRuns: 30 },
	);
});

test("as it comes out of a compressed archive", async () => {
	expect(await read(gunzipSync(gzipSync(archive)), "package/README.md")).toBe("read me");
});

test.each([
	["a file that is not in it", archive, "package/other", /no file package\/other/],
	["a path that only resembles one", archive, "model/a.onnx", /no file model\/a\.onnx/],
	["an archive that ends early", archive.subarray(0, 1100), "package/model/a.onnx", /ends early/],
	["an empty one", archive.subarray(0, 0), "package/model/a.onnx", /ends early/],
	["a damaged header", damaged(), "package/model/a.onnx", /damaged/],
	["anything else", Buffer.alloc(4096, "x"), "package/model/a.onnx", /damaged/],
])("%s is refused", async (_, bytes, path, sentence) => {
	await expect(read(bytes, path)).rejects.toThrow(sentence);
	await expect(read(bytes, path)).rejects.toBeInstanceOf(TarError);
});

test("a link by the right name is passed over", async () => {
	await expect(read(tarOf({ "package/a": "" }, "2"), "package/a")).rejects.toThrow(/no file package\/a/);
});

function damaged(): Uint8Array {
	const bytes = Uint8Array.from(archive);
	bytes[1024] = (bytes[1024] ?? 0) ^ 1;
	return bytes;
}
