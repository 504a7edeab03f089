import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packedManifestName, writeSums } from "#contract/evidence-package.ts";
import { typescriptLoader } from "#platform/child-process.ts";
import { sha256Of } from "#platform/digest.ts";
import { InputError } from "#platform/input-error.ts";
import { contentToZip, type FileToZip, writeZip } from "#platform/zip/write-zip.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { showVerdict } from "../../src/cli/verify/show-verdict.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { alertId, evidenceOf, makeKey, manifestText, sendKey, sendManifest, store } from "../support/sealed.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { putAlert } from "../support/server-rows.ts";

const run = promisify(execFile);
const commandLine = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const [entry, raised, clip] = [evidenceOf("still_entry"), evidenceOf("still_raised"), evidenceOf("clip")];
const key = makeKey();
const first = manifestText(key, { sequence: 1, previous: null }, [entry, raised]);
const second = manifestText(key, { sequence: 2, previous: sha256Of(first) }, [clip]);
const [one, two] = [1, 2].map((sequence) => packedManifestName({ chainId: "chain-1", sequence })) as [string, string];

let folder: string;
let server: TestApp;
let anna: Inject;
/** The package as the server gives it out, file by file. */
let content: Map<string, Buffer>;
let zip: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "keepclear-verify-"));
	server = await buildTestApp();
	const edge = server.edge("edge-1");
	anna = await server.person("anna", "admin");
	putAlert(server.parts.store, {
		id: alertId,
		edgeId: "edge-1",
		laneId: "lane-1",
		cameraId: "cam-1",
		raisedAt: 1_795_366_800_000,
	});
	await sendKey(edge, key);
	for (const evidence of [entry, raised, clip]) await store(server, evidence);
	await sendManifest(edge, key, first, 1);
	await sendManifest(edge, key, second, 2);
	zip = join(folder, "package.zip");
	const answer = await anna(
		"GET",
		`/api/alerts/${alertId}/evidence-package?reason=traffic%20police%20asked&for=authority`,
	);
	expect(answer.headers["content-length"]).toBe(String(answer.rawPayload.length));
	await writeFile(zip, answer.rawPayload);
	content = new Map();
	const files = await openPackage(zip);
	for (const name of files.names) content.set(name, (await files.read(name, 1e7)) ?? Buffer.alloc(0));
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true, force: true });
});

/** What verifying says of the package with `change`d files, as a zip of its own. */
async function verdictOf(change: (files: Map<string, Buffer>) => void, given = false) {
	const files = new Map(content);
	change(files);
	const file = join(folder, "changed.zip");
	await writeFile(file, await zipped([...files].map(([name, bytes]) => contentToZip(name, bytes))));
	return verifyPackage(await openPackage(file), given ? key.public : null);
}

const zipped = async (files: readonly FileToZip[]) => buffer((await writeZip(files)).stream);

function flip(files: Map<string, Buffer>, name: string, at?: number): void {
	const changed = Buffer.from(files.get(name) ?? Buffer.alloc(0));
	const place = at ?? Math.floor(changed.length / 2);
	changed[place] = (changed[place] ?? 0) ^ 1;
	files.set(name, changed);
}

/** Takes files out and calls them lost, with the given hashes; the sums are made to fit. */
const calledLost =
	(lost: readonly { readonly name: string; readonly sha256: string }[]) => (files: Map<string, Buffer>) => {
		const contents = JSON.parse(String(files.get("contents.json"))) as object;
		const absent = lost.map((each) => ({ ...each, why: "lost" }));
		files.set("contents.json", Buffer.from(JSON.stringify({ ...contents, absent })));
		for (const { name } of lost) files.delete(`files/${name}`);
		files.delete("SHA256SUMS");
		const sums = [...files].map(([name, bytes]) => ({ name, sha256: sha256Of(bytes) }));
		files.set("SHA256SUMS", Buffer.from(writeSums(sums)));
	};

const cli = (...args: string[]) => {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[...typescriptLoader, commandLine, "verify", ...args],
		{
			encoding: "utf8",
		},
	);
	return { status, stdout, stderr };
};

describe("a package", () => {
	it("holds as it was given out, by its own key and by the edge's known one", async () => {
		for (const given of [false, true]) {
			expect(await verdictOf(() => undefined, given)).toMatchObject({ broken: [], notes: [], files: 3 });
		}
		expect([...content.keys()].sort()).toEqual(
			[
				...["SHA256SUMS", "VERIFY.txt", "contents.json", `keys/${key.public.id}.pem`],
				...[entry, raised].map(({ id }) => `files/${id}.jpg`),
				...[`files/${clip.id}.mp4`, `${one}.json`, `${one}.sig`, `${two}.json`, `${two}.sig`],
			].sort(),
		);
		const rows = server.parts.store.prepare("SELECT why, who FROM ledger WHERE what = 'exported'").all();
		expect(rows).toMatchObject([{ why: "traffic police asked" }]);
	});

	const kinds: [string, () => string, string, (() => string)?][] = [
		["an entry still", () => `files/${entry.id}.jpg`, "file"],
		["a still of the raise", () => `files/${raised.id}.jpg`, "file"],
		["the clip", () => `files/${clip.id}.mp4`, "file"],
		["a manifest", () => `${one}.json`, "manifest"],
		["a signature", () => `${two}.sig`, "signature"],
		["the key", () => `keys/${key.public.id}.pem`, "key"],
		["the list of sums", () => "SHA256SUMS", "sums"],
		["the instructions", () => "VERIFY.txt", "sums"],
		["the contents", () => "contents.json", "sums"],
	];
	it.each(kinds)(
		"with one byte changed in %s does not hold, and that is what is named first",
		async (_, name, what) => {
			const { broken } = await verdictOf((files) => flip(files, name()));
			expect(broken[0]).toMatchObject({ what, name: name() });
		},
	);

	it("does not hold without one of its files, and names it", async () => {
		for (const name of content.keys()) {
			const { broken } = await verdictOf((files) => files.delete(name));
			expect(broken.map(({ name, why }) => `${name}: ${why}`).join("\n"), name).toContain(name);
		}
	});

	it("out of which a file was taken and called lost says so, and does not hold where another hash is told of it", async () => {
		const lose = (sha256: string) => calledLost([{ name: `${raised.id}.jpg`, sha256 }]);
		const verdict = await verdictOf(lose(sha256Of(raised.content)));
		expect(verdict).toMatchObject({ broken: [], absent: [{ name: `${raised.id}.jpg`, why: "lost" }], files: 2 });
		expect(showVerdict(verdict)).toContain(`WITHOUT 1 SEALED FILES`);
		expect((await verdictOf(lose(sha256Of(entry.content)))).broken).toMatchObject([
			{ what: "file", name: `files/${raised.id}.jpg` },
		]);
	});

	it("out of which every file was taken does not hold, whatever it says of them", async () => {
		const all = [entry, raised, clip].map(({ id, content: bytes }) => ({
			name: `${id}.${id === clip.id ? "mp4" : "jpg"}`,
			sha256: sha256Of(bytes),
		}));
		const verdict = await verdictOf(calledLost(all));
		expect(verdict.broken).toMatchObject([{ what: "file", name: "files/", why: "none of what was sealed is in it" }]);
	});

	it("does not hold with a file more, whether or not it is listed", async () => {
		const more = `files/${entry.id}.copy.jpg`;
		expect((await verdictOf((files) => files.set(more, entry.content))).broken).toContainEqual(
			expect.objectContaining({ what: "unlisted", name: more }),
		);
		expect((await verdictOf((files) => files.set("more.txt", Buffer.from("x")))).broken[0]).toMatchObject({
			name: "more.txt",
		});
	});

	it("whose chain was forged by the key's own holder is told: another first link, signed as it should be", async () => {
		const forged = manifestText(key, { sequence: 1, previous: null }, [entry, raised], { program: "0.1.1" });
		const { broken } = await verdictOf((files) => {
			files.set(`${one}.json`, Buffer.from(forged));
			files.set(`${one}.sig`, Buffer.from(key.sign(forged), "base64"));
		});
		expect(broken[0]).toMatchObject({ what: "chain", name: `${two}.json` });
	});

	it("that a stranger sealed all by himself holds by its own key, and not by the edge's", async () => {
		const stranger = makeKey();
		const files = new Map<string, Buffer>();
		const text = manifestText(stranger, { sequence: 1, previous: null }, [entry]);
		files.set(`files/${entry.id}.jpg`, entry.content).set(`${one}.json`, Buffer.from(text));
		files.set(`${one}.sig`, Buffer.from(stranger.sign(text), "base64"));
		files.set(`keys/${stranger.public.id}.pem`, Buffer.from(stranger.public.pem));
		const replace = (into: Map<string, Buffer>) => {
			into.clear();
			for (const [name, bytes] of files) into.set(name, bytes);
		};
		expect((await verdictOf(replace)).broken).toEqual([]);
		expect((await verdictOf(replace, true)).broken[0]).toMatchObject({ what: "key", name: `${one}.json` });
	});

	it("does not hold with any byte changed anywhere", async () => {
		const names = [...content.keys()];
		const place = fc
			.nat(names.length - 1)
			.chain((file) =>
				fc.record({ file: fc.constant(file), at: fc.nat((content.get(names[file] ?? "")?.length ?? 1) - 1) }),
			);
		await fc.assert(
			fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async ({ file, at }, by) => {
				const name = names[file] ?? "";
				const { broken } = await verdictOf((files) => {
					const changed = Buffer.from(files.get(name) ?? Buffer.alloc(0));
					changed[at] = (changed[at] ?? 0) ^ by;
					files.set(name, changed);
				});
				expect(broken.length).toBeGreaterThan(0);
			}),
			{ numRuns: 150 },
		);
	});
});

const hasTool = (name: string) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

async function writeFolder(to: string): Promise<void> {
	for (const [name, bytes] of content) {
		await mkdir(dirname(join(to, name)), { recursive: true });
		await writeFile(join(to, name), bytes);
	}
}

describe("keepclear verify", () => {
	it("takes a zip, a folder and one manifest, says what holds, and ends with 1 and the name of what does not", async () => {
		const plain = join(folder, "plain");
		await writeFolder(plain);
		const keyFile = join(folder, "edge.pem");
		await writeFile(keyFile, key.public.pem);
		const holds = cli(zip, plain, join(plain, `${one}.json`), "--key", keyFile);
		expect(holds, holds.stderr).toMatchObject({ status: 0, stderr: "" });
		expect(holds.stdout.match(/: holds: /g)).toHaveLength(3);
		expect(holds.stdout).toContain("holds: 2 files (4000 bytes) in 1 manifests");
		await writeFile(join(plain, `files/${clip.id}.mp4`), Buffer.from(clip.content).fill(1, 500, 501));
		const broken = cli(plain);
		expect(broken.status).toBe(1);
		expect(broken.stdout.split("\n")[0]).toContain(`BROKEN: file: files/${clip.id}.mp4: was changed`);
		const json = JSON.parse(cli(plain, "--json").stdout) as {
			holds: boolean;
			broken: { what: string; name: string }[];
		};
		expect(json).toMatchObject({ holds: false, broken: [{ what: "file", name: `files/${clip.id}.mp4` }, {}] });
	});

	it.skipIf(!hasTool("zip"))("takes a package that was zipped anew, one folder deeper and deflated", async () => {
		const outer = await mkdtemp(join(folder, "again-"));
		await writeFolder(join(outer, "plain"));
		await run("zip", ["-q", "-r", "again.zip", "plain"], { cwd: outer });
		const again = join(outer, "again.zip");
		expect((await verifyPackage(await openPackage(again), null)).broken).toEqual([]);
		const bytes = await readFile(again);
		const at = bytes.indexOf("VERIFY.txt") + 200; // a byte of what was deflated: still told by the file's name
		bytes[at] = (bytes[at] ?? 0) ^ 0x55;
		await writeFile(again, bytes);
		expect((await verifyPackage(await openPackage(again), null)).broken[0]).toMatchObject({ name: "VERIFY.txt" });
	});

	it("ends with 2 for what is no package, in one line", async () => {
		const empty = await mkdtemp(join(folder, "empty-"));
		const text = join(folder, "text.zip");
		await writeFile(text, "no zip");
		const manifest = join(folder, "alone.json");
		await writeFile(manifest, first);
		for (const path of [empty, text, manifest, join(folder, "none")]) {
			const { status, stderr } = cli(path);
			expect(status, stderr).toBe(2);
			expect(stderr.trim().split("\n")).toHaveLength(1);
			expect(stderr).toContain(path);
		}
		expect(cli(zip, "--key", text).stderr).toContain("must be an Ed25519 public key");
	});

	it.skipIf(!hasTool("openssl") || !hasTool("sha256sum"))(
		"is told by plain tools too, as VERIFY.txt says",
		async () => {
			const plain = join(folder, "by-hand");
			await writeFolder(plain);
			const said = await readFile(join(plain, "VERIFY.txt"), "utf8");
			expect(said).toContain("如何核验");
			const english = said.slice(said.indexOf("How to verify"));
			const commands = english.replaceAll("\\\n", " ").match(/^(?:sha256sum|openssl) .+$/gm) ?? [];
			expect(commands).toHaveLength(5);
			const answers: string[] = [];
			for (const command of commands) answers.push((await run("sh", ["-c", command], { cwd: plain })).stdout);
			expect(answers[0]?.match(/: OK$/gm)).toHaveLength(content.size - 1);
			expect(answers.slice(1, 3)).toEqual(Array(2).fill("Signature Verified Successfully\n"));
			expect(answers[3]).toContain(key.public.id);
		},
	);
});

describe("a zip that somebody made to harm", () => {
	const made = async (name: string, files: readonly FileToZip[], change: (zip: Buffer) => void = () => undefined) => {
		const bytes = await zipped(files);
		change(bytes);
		const file = join(folder, name);
		await writeFile(file, bytes);
		return openPackage(file).then(
			() => "taken",
			(error: unknown) => (error instanceof InputError ? error.message : `failed: ${String(error)}`),
		);
	};
	const file = (name: string) => contentToZip(name, Buffer.from("?"));
	const central = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

	it.each(["../up", "a/../../up", "/root", "C:/drive", "a\\b", "a//b", "./a", "nul\u0000"])(
		"is refused: a file called %j",
		async (name) => {
			// Whoever writes zips properly refuses such a name: it takes the place of another of its length.
			const plain = "x".repeat(name.length);
			const rename = (zip: Buffer) => {
				for (let at = zip.indexOf(plain); at >= 0; at = zip.indexOf(plain, at)) zip.write(name, at);
			};
			const said = await made("path.zip", [file("manifests/a.json"), contentToZip(plain, Buffer.from("y"))], rename);
			expect(said).toMatch(/is no plain path|relative path|absolute path|invalid characters/);
		},
	);

	it("is refused: a bomb, two of one name, files over one another, encryption, another method, a cut end", async () => {
		const set =
			(at: number, value: number, bytes: 2 | 4 = 4) =>
			(zip: Buffer) => {
				const entry = zip.indexOf(central);
				if (bytes === 4) zip.writeUInt32LE(value, entry + at);
				else zip.writeUInt16LE(value, entry + at);
			};
		const deflated = (zip: Buffer) => {
			set(10, 8, 2)(zip);
			set(24, 3_000_000_000)(zip);
		};
		expect(await made("bomb.zip", [file("a")], deflated)).toMatch(/unpack to more than 200 times/);
		expect(await made("twice.zip", [file("a"), file("a")])).toMatch(/two files of one name/);
		expect(await made("over.zip", [file("a"), file("b")], set(42, 20))).toMatch(/lie over one another/);
		const encrypted = (zip: Buffer) => {
			set(8, 1, 2)(zip);
			set(20, 13)(zip); // the twelve bytes that go before what is encrypted
		};
		expect(await made("secret.zip", [file("a")], encrypted)).toMatch(/is encrypted/);
		expect(await made("method.zip", [file("a")], set(10, 12, 2))).toMatch(/packed by a method/);
		const whole = await readFile(zip);
		await writeFile(join(folder, "cut.zip"), whole.subarray(0, whole.length - 30));
		expect(cli(join(folder, "cut.zip"))).toMatchObject({ status: 2 });
	});

	it("is refused or does not hold, whatever bytes it has", async () => {
		const whole = await readFile(zip);
		await fc.assert(
			fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), async (at, value) => {
				const bytes = Buffer.from(whole);
				bytes[at] = value;
				const path = join(folder, "fuzzed.zip");
				await writeFile(path, bytes);
				await openPackage(path)
					.then((files) => verifyPackage(files, null))
					.catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
			}),
			{ numRuns: 150 },
		);
	});
});
