import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rightsAmong } from "#core/roles/role-table.ts";
import { roles } from "#core/roles/role-words.ts";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { ownSite, seedTwoSites } from "../support/two-sites.ts";
import { tried } from "./support/tried.ts";

const kind = "image bombs";
let server: TestApp;
/** One of each role that has a site: whoever may send a picture by a route is among them. */
const people: Inject[] = [];
let routes: readonly { readonly method: string; readonly url: string }[];
beforeAll(async () => {
	server = await buildTestApp();
	const { own } = await seedTwoSites(server);
	for (const role of roles.filter((role) => rightsAmong(role, ["receive"]).length === 0)) {
		people.push(await server.person(`the ${role}`, role, { scopes: [{ kind: "site", id: ownSite }] }));
	}
	const { now } = server.clock;
	// Every route that takes a picture, made from the routes themselves: what it names is of our own site.
	const examples: Record<string, string> = {
		siteId: own.site,
		laneId: own.lane,
		kind: "marking",
		photoId: "photo-9",
		side: "marking",
	};
	routes = server.routes
		.filter(
			({ method, url, access }) =>
				method === "PUT" && /picture|photos?|markings|plans/.test(url) && typeof access === "object",
		)
		.map(({ method, url, access }) => ({
			method,
			url: `${url.replace(/:(\w+)/g, (_all, name: string) => {
				const named = typeof access === "object" ? access.of?.[name] : undefined;
				return named ? own[named] : (examples[name] ?? "x-9");
			})}?moment=before&doneAt=${now}&sentAt=${now}&name=x`,
		}));
});
afterAll(() => server.close());

const mayByRoute = new Map<string, Inject>();
/** The first whose role and site let him send a picture there. */
async function whoMay(method: string, url: string): Promise<Inject> {
	const isKnown = mayByRoute.get(url);
	if (isKnown) return isKnown;
	for (const by of people) {
		const headers = { "content-type": "image/jpeg" };
		const { statusCode } = await by(method, url, { payload: Buffer.from("none"), headers });
		if ([401, 403, 404].includes(statusCode)) continue;
		mayByRoute.set(url, by);
		return by;
	}
	throw new Error(`nobody may send a picture by ${method} ${url}: give it an example`);
}

const chunk = (type: string, data: Uint8Array): Buffer => {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(typeof crc32 === "function" ? crc32(body) : crcOf(body));
	return Buffer.concat([length, body, sum]);
};
function crcOf(bytes: Uint8Array): number {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function png(width: number, height: number, ...more: Buffer[]): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const pixels = deflateSync(Buffer.alloc(Math.min(64_000_000, (width * 3 + 1) * height)));
	return Buffer.concat([
		signature,
		chunk("IHDR", head),
		...more,
		chunk("IDAT", pixels),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** A JPEG's head that says another size than what follows. */
function sizedJpeg(jpeg: Buffer, width: number, height: number): Buffer {
	const copy = Buffer.from(jpeg);
	const at = copy.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(copy[i + 1] ?? 0));
	copy.writeUInt16BE(height, at + 5);
	copy.writeUInt16BE(width, at + 7);
	return copy;
}

describe("a picture that is none, or means harm", () => {
	it("is refused by every route that takes one, without much memory or time", async () => {
		const small = sharp({ create: { width: 64, height: 48, channels: 3, background: "#777" } });
		const [jpeg, good] = [await small.clone().jpeg().toBuffer(), await small.clone().png().toBuffer()];
		const text = deflateSync(Buffer.alloc(80_000_000, 0x61), { level: 9 });
		const bombs: Record<string, readonly [Buffer, string]> = {
			"a PNG of 60,000 x 60,000": [png(60_000, 60_000), "image/png"],
			"a PNG of 30,000 x 30,000": [png(30_000, 30_000), "image/png"],
			"a PNG of 2,000,000,000 x 1": [png(2_000_000_000, 1), "image/png"],
			"a PNG without height": [png(100, 0), "image/png"],
			"a JPEG of 65,500 x 65,500": [sizedJpeg(jpeg, 65_500, 65_500), "image/jpeg"],
			"a JPEG cut in half": [jpeg.subarray(0, jpeg.length / 2), "image/jpeg"],
			"a JPEG's beginning": [jpeg.subarray(0, 4), "image/jpeg"],
			"a PNG cut in half": [good.subarray(0, good.length / 2), "image/png"],
			"SVG that says PNG": [
				Buffer.from(
					'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>',
				),
				"image/png",
			],
			"SVG with entities": [
				Buffer.from('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>'),
				"image/jpeg",
			],
			"HTML that says JPEG": [Buffer.from("<script>alert(1)</script>"), "image/jpeg"],
			"a GIF": [await small.clone().gif().toBuffer(), "image/jpeg"],
			WebP: [await small.clone().webp().toBuffer(), "image/png"],
			TIFF: [await small.clone().tiff().toBuffer(), "image/jpeg"],
			"a PDF": [Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"), "image/jpeg"],
			"an MVG script": [Buffer.from("push graphic-context\nimage over 0,0 0,0 'https://evil.example/x'"), "image/png"],
			nothing: [Buffer.alloc(0), "image/jpeg"],
			"a zip": [Buffer.from("PK\u0003\u0004"), "image/png"],
		};
		expect(routes.length).toBeGreaterThanOrEqual(3);
		for (const [what, [payload, type]] of Object.entries(bombs)) {
			for (const { method, url } of routes) {
				const [from, before] = [performance.now(), process.memoryUsage().rss];
				const by = await whoMay(method, url);
				const { statusCode, body } = await by(method, url, { payload, headers: { "content-type": type } });
				const isRefused = statusCode >= 400 && statusCode < 500 && ![401, 403, 404].includes(statusCode);
				const isCheap = performance.now() - from < 5_000 && process.memoryUsage().rss - before < 250_000_000;
				tried(kind, `${what}: ${method} ${url}`, isRefused && isCheap, `${statusCode} ${body}`);
			}
		}
		// What is a picture beside what it hides may be taken: what was hidden is not unpacked, and not kept.
		const hiding = png(40, 40, chunk("zTXt", Buffer.concat([Buffer.from("x\0\0", "latin1"), text])));
		for (const { method, url } of routes) {
			const [from, before] = [performance.now(), process.memoryUsage().rss];
			const by = await whoMay(method, url);
			const headers = { "content-type": "image/png" };
			const { statusCode } = await by(method, url, { payload: hiding, headers });
			const isCheap = performance.now() - from < 5_000 && process.memoryUsage().rss - before < 250_000_000;
			tried(kind, `80 MB of text in a PNG: ${method} ${url}`, statusCode < 500 && isCheap, statusCode);
		}
	});
});
