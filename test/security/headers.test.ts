import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildTestApp, type Inject, type TestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

const kind = "security headers";
let pageFolder: string;
let server: TestApp;
let admin: Inject;
beforeAll(async () => {
	pageFolder = await mkdtemp(join(tmpdir(), "keepclear-page-"));
	await mkdir(join(pageFolder, "assets"));
	await writeFile(join(pageFolder, "index.html"), "<title>the page</title>");
	await writeFile(join(pageFolder, "assets", "index-1a2b.js"), "1;");
	server = await buildTestApp({}, { pageFolder });
	admin = await server.person("boss", "admin");
});
afterAll(async () => {
	await server.close();
	await rm(pageFolder, { recursive: true, force: true });
});

type Headers = Record<string, unknown>;
const textOf = (header: unknown) => (typeof header === "string" ? header : "");
const directives = (headers: Headers) =>
	new Map(
		textOf(headers["content-security-policy"])
			.split(";")
			.map((part): [string, string] => {
				const [name = "", ...values] = part.trim().split(/\s+/);
				return [name, values.join(" ")];
			}),
	);

/** What is missing of them. */
function missing(headers: Headers): string[] {
	const policy = directives(headers);
	const isNothing = policy.get("default-src") === "'none'";
	const rules: Record<string, boolean> = {
		"scripts of our own files alone": policy.get("script-src") === (isNothing ? undefined : "'self'"),
		"nothing from elsewhere": isNothing || policy.get("default-src") === "'self'",
		"no plug-ins": isNothing || policy.get("object-src") === "'none'",
		"no other base": policy.get("base-uri") === "'none'",
		"no frame (CSP)": policy.get("frame-ancestors") === "'none'",
		"no frame": headers["x-frame-options"] === "DENY",
		"no sniffing": headers["x-content-type-options"] === "nosniff",
		"no word of what runs here": headers["x-powered-by"] === undefined && headers["server"] === undefined,
	};
	return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

describe("every answer", () => {
	it("has the headers that keep a browser from being used, whoever asks and whatever is answered", async () => {
		for (const { method, url } of server.routes) {
			const address = url.replace(/:\w+/g, "none-such").replace("*", "assets/index-1a2b.js");
			for (const [who, by] of [
				["nobody", server.nobody],
				["admin", admin],
			] as const) {
				if (who === "admin" && (method !== "GET" || url === "/api/feed")) continue; // one has no end
				const answer = await by(method, address);
				if (answer.statusCode === 404 && url.endsWith("/stream")) continue;
				const lacks = missing(answer.headers);
				tried(kind, `${who}: ${method} ${url} (${answer.statusCode})`, lacks.length === 0, lacks);
			}
		}
		for (const url of ["/", "/index.html", "/alerts/x", "/none.js", "/api/none", "/api/cameras/%E0%A4%A", "/%00"]) {
			const answer = await server.nobody("GET", url);
			const lacks = missing(answer.headers);
			tried(kind, `${url} (${answer.statusCode})`, lacks.length === 0, lacks);
		}
	});

	it("is kept in no cache where it is of a person", async () => {
		for (const { method, url, access } of server.routes) {
			if (method !== "GET" || url.includes(":") || access === "public" || url === "/api/feed") continue;
			const { headers } = await admin("GET", url);
			const cached = String(headers["cache-control"] ?? "");
			tried(kind, `${url} in a shared cache: ${cached}`, !/public|s-maxage|immutable/.test(cached), cached);
		}
	});

	it("keeps browsers with https, once they came by it", async () => {
		const https = await buildTestApp({ publicUrl: "https://keepclear.example" });
		try {
			for (const url of ["/", "/api/wall", "/healthz", "/api/none"]) {
				const { headers } = await https.nobody("GET", url);
				const told = String(headers["strict-transport-security"] ?? "");
				tried(kind, `HSTS: ${url}`, Number(/max-age=(\d+)/.exec(told)?.[1] ?? 0) >= 15_552_000, told);
			}
		} finally {
			await https.close();
		}
	});
});

it("the page itself has no script, style or handler within its HTML", () => {
	for (const file of ["index.html"]) {
		const html = readFileSync(new URL(`../../src/web/${file}`, import.meta.url), "utf8");
		const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>|\son\w+\s*=|<style|javascript:/gi)].map(
			([text]) => text,
		);
		tried(kind, file, inline.length === 0, inline);
		expect(html).toMatch(/<script[^>]*\ssrc=/);
	}
});
