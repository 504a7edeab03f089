import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DetailedError } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpegOf, metadataOf, sendEvidence } from "../support/evidence.ts";
import { putAlert } from "../support/server-rows.ts";
import { type Person, startTestServer, type TestServer } from "../support/server.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { traversals } from "./support/corpus.ts";
import { tried } from "./support/tried.ts";

const kind = "path traversal";
const links = "symbolic links";
const secret = "canary-9f2c: nobody may read this";
const leaks = (text: string) => text.includes(secret) || text.includes("root:x:0:0") || text.includes("SQLite format");

describe("addresses", () => {
	let pageFolder: string;
	let server: TestApp;
	let admin: Inject;
	let edge: Inject;
	beforeAll(async () => {
		pageFolder = await mkdtemp(join(tmpdir(), "keepclear-page-"));
		await mkdir(join(pageFolder, "web", "assets"), { recursive: true });
		await writeFile(join(pageFolder, "web", "index.html"), "<title>the page</title>");
		await writeFile(join(pageFolder, "canary.txt"), secret);
		server = await buildTestApp({}, { pageFolder: join(pageFolder, "web") });
		for (const folder of ["", "evidence", "pictures", "playable"]) {
			await mkdir(join(server.dataFolder, folder), { recursive: true });
			await writeFile(join(server.dataFolder, folder, "canary.txt"), secret);
		}
		admin = await server.person("boss", "admin");
		edge = server.edge("edge-1");
	});
	afterAll(async () => {
		await server.close();
		await rm(pageFolder, { recursive: true, force: true });
	});

	it("lead to no file beside what they name, by any route that has a part of them", async () => {
		const named = server.routes.filter(({ url }) => url.includes(":"));
		expect(named.length).toBeGreaterThan(50);
		for (const [number, { method, url, access: by }] of named.entries()) {
			// Every other for each route, turn by turn.
			for (const path of traversals.filter((_path, index) => (index + number) % 2 === 0)) {
				const call = by === "edge" ? edge : admin;
				const { statusCode, body } = await call(method, url.replace(/:\w+/g, path));
				const isClean = !leaks(body) && (statusCode >= 400 ? statusCode < 500 : isJustThePage(body));
				tried(kind, `${method} ${url.replace(/:\w+/g, path)}`, isClean, `${statusCode} ${body}`);
			}
		}
	});

	it("lead nowhere beside the page's folder", async () => {
		const besides = ["/../canary.txt", "/assets/../../canary.txt", "/assets/none.js", "/.env", "//etc/passwd"];
		for (const path of [...besides, ...traversals.flatMap((each) => [`/${each}`, `/assets/${each}`])]) {
			const { statusCode, body } = await server.nobody("GET", path);
			const isClean = !leaks(body) && (statusCode >= 400 ? statusCode < 500 : isJustThePage(body));
			tried(kind, `the page: ${path}`, isClean, `${statusCode} ${body}`);
		}
	});
});

/** An address that names no file and no route is one of the page's own. */
const isJustThePage = (body: string) => body === "<title>the page</title>" || body === "";

describe("evidence", () => {
	let server: TestServer;
	let admin: Person;
	let edge: { url: string; token: string };
	let outside: string;
	beforeAll(async () => {
		server = await startTestServer();
		admin = await server.admin();
		edge = { url: server.url, ...server.createEdge("edge-1") };
		const alert = { edgeId: "edge-1", laneId: "lane-1", cameraId: "camera-1" };
		putAlert(server.parts.store, { ...alert, id: "occ-1", raisedAt: 1_700_000_000_000 });
		outside = await mkdtemp(join(tmpdir(), "keepclear-outside-"));
		await writeFile(join(outside, "secret.txt"), secret);
	});
	afterAll(async () => {
		await server.stop();
		await rm(outside, { recursive: true, force: true });
	});

	it("is taken under no name that is a path", async () => {
		const evidence = { id: "still-1", alertId: "occ-1", kind: "still_raised", content: jpegOf(2_000) } as const;
		for (const path of traversals.flatMap((each) => [each, decodeURIComponentOr(each)])) {
			if (/^[A-Za-z0-9][\w.-]*$/.test(path)) continue; // a name like any other: it lies in its own folder
			for (const key of ["evidenceId", "alertId"]) {
				const metadata = { ...metadataOf(evidence), [key]: path };
				const status = await sendEvidence(edge, evidence, { metadata }).then(() => 201, statusOf);
				tried(kind, `${key}: ${path}`, status === 400, status);
			}
		}
		expect((await readdir(server.dataFolder)).sort()).toContain("keepclear.db");
		expect(
			await readdir(join(server.dataFolder, "uploads")).then((names) => names.filter((n) => !n.startsWith("."))),
		).toEqual([]);
	});

	it("is gone on with under no other name than its upload's", async () => {
		const database = join(server.dataFolder, "keepclear.db");
		const headers = { authorization: `Bearer ${edge.token}`, "tus-resumable": "1.0.0" };
		const names = [
			"..%2f..%2fkeepclear.db",
			"%2e%2e%2fkeepclear.db",
			".%5c..%5ckeepclear.db",
			"..%00",
			"../../keepclear.db",
		];
		for (const name of [...traversals, ...names].flatMap((each) => [each, `edge-1.${each}`, `edge-1.%2f${each}`])) {
			for (const method of ["HEAD", "PATCH", "DELETE"]) {
				const more =
					method === "PATCH" ? { "upload-offset": "0", "content-type": "application/offset+octet-stream" } : {};
				const body = method === "PATCH" ? { body: "overwritten" } : {};
				const answer = await fetch(`${server.url}/api/edge/evidence/${name}`, {
					...{ method, headers: { ...headers, ...more }, ...body, signal: AbortSignal.timeout(5_000) },
				}).catch((error: Error) => ({ status: 0, text: async () => error.name }));
				const isClean = answer.status >= 400 && answer.status < 500 && !leaks(await answer.text());
				tried(kind, `${method} ${name}`, isClean, answer.status);
			}
		}
		await access(database);
		expect((await readFile(database)).subarray(0, 15).toString()).toBe("SQLite format 3");
		expect((await admin.fetch("/api/wall")).status).toBe(200);
	});

	it("is not read through a link that was put in its place", async () => {
		const stored = [];
		for (const number of [1, 2, 3]) {
			const evidence = {
				id: `linked-${number}`,
				alertId: "occ-1",
				kind: "still_raised",
				content: jpegOf(2_000, number),
			} as const;
			await sendEvidence(edge, evidence);
			stored.push(join(server.dataFolder, "evidence", "occ-1", evidence.id));
		}
		const [file = "", absolute = "", loop = ""] = stored;
		const targets = { [file]: join(outside, "secret.txt"), [absolute]: "/etc/passwd", [loop]: loop };
		for (const [place, target] of Object.entries(targets)) {
			await rename(place, `${place}.aside`);
			await symlink(target, place);
			const answer = await admin.fetch(`/api/evidence/${place.split("/").at(-1)}`);
			const body = await answer.text().catch(() => ""); // cut off is well enough
			tried(links, `evidence -> ${target}`, !leaks(body) && answer.status >= 400, `${answer.status} ${body}`);
		}
	});

	it("is not taken in from a link that was put where its upload lies", async () => {
		await writeFile(join(outside, "like-a.jpg"), jpegOf(2_000, 9));
		const evidence = { id: "late-1", alertId: "occ-1", kind: "still_raised", content: jpegOf(2_000, 9) } as const;
		const encoded = Object.entries(metadataOf(evidence)).map(
			([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`,
		);
		const headers = { authorization: `Bearer ${edge.token}`, "tus-resumable": "1.0.0" };
		const created = await fetch(`${edge.url}/api/edge/evidence`, {
			...{ method: "POST", headers: { ...headers, "upload-length": "2000", "upload-metadata": encoded.join(",") } },
		});
		const address = new URL(created.headers.get("location") ?? "", edge.url);
		const place = join(server.dataFolder, "uploads", address.pathname.split("/").at(-1) ?? "");
		await rm(place);
		await symlink(join(outside, "like-a.jpg"), place);
		const { status } = await fetch(address, { method: "HEAD", headers });
		const rows = server.parts.store.prepare("SELECT count(*) FROM evidence WHERE id = 'late-1'").pluck().get();
		tried(links, "an upload -> a file outside", rows === 0, status);
		const digest = createHash("sha256")
			.update(await readFile(join(outside, "like-a.jpg")))
			.digest("hex");
		expect(digest).toBe(metadataOf(evidence)["sha256"]);
	});
});

const decodeURIComponentOr = (text: string) => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};

const statusOf = (error: unknown) =>
	error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : String(error);
