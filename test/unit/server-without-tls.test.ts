import { describe, expect, it } from "vitest";
import { wordWithoutTls } from "../../src/server/http/without-tls.ts";

const place = { port: 8443, publicUrl: undefined };
const ask = (method: string, target: string, headers: Record<string, string> = {}) =>
	wordWithoutTls({ method, target, headers: { host: "keepclear.local:80", ...headers } }, place);

describe("without TLS", () => {
	it.each([
		["/", "https://keepclear.local:8443/"],
		["/lanes/1?from=2026-11-01", "https://keepclear.local:8443/lanes/1?from=2026-11-01"],
		["/apiary", "https://keepclear.local:8443/apiary"],
		["//evil.example/x", "https://keepclear.local:8443/evil.example/x"],
	])("leads who looks for the page to it: %s", (target, location) => {
		expect(ask("GET", target)).toEqual({ status: 308, location });
		expect(ask("HEAD", target)).toEqual({ status: 308, location });
	});

	it.each([
		["POST", "/api/session", {}],
		["POST", "/", {}],
		["PUT", "/x", {}],
		["GET", "/", { authorization: "Bearer x" }],
	] as const)("refuses what could hold a password or a token: %s %s", (method, target, headers) => {
		expect(ask(method, target, headers)).toMatchObject({
			status: 403,
			message: expect.stringContaining("was not protected on its way: change it") as string,
		});
	});

	it.each(["/api/lanes", "/API/x", "//api/x", "/api"])("refuses calls, though they bring nothing: %s", (target) => {
		expect(ask("GET", target)).toEqual({
			status: 403,
			message: "Nothing is taken without TLS: use https://keepclear.local:8443.",
		});
	});

	it.each(["a b", "a/b", "x@y", "a?b", "-x", "", "a\r\nset-cookie: x"])("leads nowhere by the host %j", (host) => {
		expect(ask("GET", "/", { host })).toMatchObject({ status: 400 });
	});

	it("leads to the name that people use, whatever was asked for; 443 is not told", () => {
		const asked = { method: "GET", target: "/x", headers: { host: "evil.example" } };
		expect(wordWithoutTls(asked, { port: 8443, publicUrl: "https://keepclear.example/" })).toEqual({
			...{ status: 308, location: "https://keepclear.example/x" },
		});
		const six = { method: "GET", target: "/", headers: { host: "[::1]:80" } };
		expect(wordWithoutTls(six, { port: 443, publicUrl: undefined })).toEqual({
			status: 308,
			location: "https://[::1]/",
		});
		expect(wordWithoutTls({ method: "GET", target: "http://x/", headers: { host: "x" } }, place).status).toBe(400);
		expect(wordWithoutTls({ method: "GET", target: "/", headers: {} }, place).status).toBe(400);
	});
});
