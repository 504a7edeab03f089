import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildTestApp, password, type TestApp } from "../support/server-app.ts";
import { tried } from "./support/tried.ts";

const guessing = "guessing of passwords";
let server: TestApp;
beforeEach(async () => {
	server = await buildTestApp();
});
afterEach(() => server.close());

const wrong = "wrong-password";
const signIn = (name: string, secret: string, headers: Record<string, string> = {}, at: TestApp = server) =>
	at.nobody("POST", "/api/session", { json: { name, password: secret }, headers });

describe("guessing", () => {
	it("stops guessing from one address, and lets in again after a while", async () => {
		await server.person("anna", "duty_officer");
		for (let i = 0; i < 10; i++) {
			const { statusCode } = await signIn(`guess-${i}`, wrong);
			tried(guessing, `a wrong password, try ${i}`, statusCode === 401, statusCode);
		}
		const refused = await signIn("anna", password);
		tried(guessing, "the right one, by who guessed ten times", refused.statusCode === 429, refused.body);
		expect(Number(refused.headers["retry-after"])).toBeGreaterThan(800);
		server.clock.now += 15 * 60_000 + 1;
		expect((await signIn("anna", password)).statusCode).toBe(200);
	});

	it("stops guessing one name from many addresses, known or not", async () => {
		const spread = await buildTestApp({ listen: { trustedProxies: ["127.0.0.1"] } });
		try {
			for (const name of ["anna", "no-such-name"]) {
				const statuses = [];
				for (let i = 0; i < 31; i++) {
					const headers = { "x-forwarded-for": `10.0.${name.length}.${i}` };
					statuses.push((await signIn(name, wrong, headers, spread)).statusCode);
				}
				expect(statuses.filter((status) => status === 401)).toHaveLength(30);
				tried(guessing, `${name}, from the 31st address`, statuses.at(-1) === 429, statuses.at(-1));
			}
		} finally {
			await spread.close();
		}
	});

	it("does not believe X-Forwarded-For of who is no proxy of ours", async () => {
		for (let i = 0; i < 10; i++) await signIn(`guess-${i}`, wrong, { "x-forwarded-for": `10.0.0.${i}` });
		for (const header of ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "x-client-ip"]) {
			const { statusCode } = await signIn("anna", "x", { [header]: "10.9.9.9" });
			tried(guessing, `as another address by ${header}`, statusCode === 429, statusCode);
		}
	});

	it("counts many tries at once each", async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, () => signIn("anna", wrong)));
		const refused = answers.filter(({ statusCode }) => statusCode === 429).length;
		tried(guessing, "twenty at once", refused === 10, refused);
	});

	it("stops who found a page open from guessing its owner's password", async () => {
		const anna = await server.person("anna", "duty_officer");
		const change = (current: string) =>
			anna("PUT", "/api/session/password", { json: { current, next: "another-horse-battery" } });
		const statuses: number[] = [];
		for (let i = 0; i < 40; i++) statuses.push((await change(`${wrong}-${i}`)).statusCode);
		for (const status of statuses) tried(guessing, "the password of an open page", [400, 429].includes(status), status);
		expect(statuses.at(-1)).toBe(429);
		expect((await change(password)).statusCode).toBe(429);
	});

	it("takes nothing but text for name and password", async () => {
		await server.person("anna", "duty_officer");
		for (const odd of [null, true, 1, {}, [], [password], { $ne: null }, { length: 100 }, "", `${password}\u0000`]) {
			for (const body of [
				{ name: "anna", password: odd },
				{ name: odd, password },
			]) {
				const { statusCode } = await server.nobody("POST", "/api/session", { json: body });
				tried(guessing, JSON.stringify(body), statusCode === 400 || statusCode === 401, statusCode);
			}
			server.clock.now += 16 * 60_000;
		}
	});

	it("refuses a sign-in that another site's page sends", async () => {
		await server.person("anna", "duty_officer");
		const answer = await signIn("anna", password, { origin: "https://evil.example" });
		const isRefused = answer.json<{ error?: string }>().error === "foreign_origin";
		tried("CSRF, foreign origins (also SSE, WebSocket)", "signing in as another", isRefused, answer.body);
		const ours = { origin: "http://localhost:8080", host: "localhost:8080" };
		expect((await signIn("anna", password, ours)).statusCode).toBe(200);
	});
});

describe("a name", () => {
	/** Of both kinds in turn, so that a busy machine slows both. */
	it("is not told by time: known and unknown ones take as long", { retry: 2 }, async () => {
		await server.person("anna", "duty_officer");
		const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
		for (let round = 0; round < 24; round++) {
			for (const kind of round % 2 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
				server.clock.now += 16 * 60_000; // what counts tries has forgotten the last one
				const from = performance.now();
				const { statusCode } = await signIn(kind === "known" ? "anna" : `no-such-${round}`, wrong);
				times[kind].push(performance.now() - from);
				expect(statusCode).toBe(401);
			}
		}
		const ratio = median(times.known) / median(times.unknown);
		const isClose = ratio > 0.7 && ratio < 1.4;
		for (const kind of ["known", "unknown"] as const) {
			times[kind].forEach((ms) =>
				tried("user names told by time", `${kind}, ${ms} ms`, isClose, `${ratio.toFixed(2)} times as long`),
			);
		}
	});
});

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe("a session", () => {
	const fixation = "session fixation";
	const cookieOf = (answer: { headers: Record<string, unknown> }) =>
		/keepclear=([^;]+)/.exec(String(answer.headers["set-cookie"]))?.[1] ?? "";
	const whoIs = async (cookie: string, url = "/api/session", headers: Record<string, string> = {}) => {
		const answer = await server.nobody("GET", url, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
		return answer.statusCode === 200 ? answer.json<{ user: { name: string } }>().user.name : answer.statusCode;
	};

	it("is begun anew by every sign-in, whatever cookie came with it", async () => {
		await server.person("anna", "duty_officer");
		await server.person("berta", "duty_officer");
		const annas = cookieOf(await signIn("anna", password));
		const made = "A".repeat(annas.length);
		for (const brought of [made, annas, "", "%00", `${annas}; keepclear=${made}`, "../../etc/passwd"]) {
			const cookie = cookieOf(await signIn("berta", password, { cookie: `keepclear=${brought}` }));
			tried(fixation, `signing in with ${brought}`, cookie.length > 40 && ![made, annas].includes(cookie), cookie);
			const [one, other] = [await whoIs(`keepclear=${annas}`), await whoIs(`keepclear=${made}`)];
			// Anna's session may end by it: the browser is berta's now. It never becomes berta's.
			tried(
				fixation,
				"the cookie that was brought",
				[one, other].every((who) => who !== "berta"),
				[one, other],
			);
		}
	});

	it("is told by its cookie alone: by no address, header or body", async () => {
		await server.person("anna", "duty_officer");
		const cookie = cookieOf(await signIn("anna", password));
		for (const url of [`?keepclear=${cookie}`, `;keepclear=${cookie}`, `?session=${cookie}&token=${cookie}`]) {
			const who = await whoIs("", `/api/session${url}`);
			tried(fixation, "the session in the address", who === 401 || who === 404, who);
		}
		for (const header of ["authorization", "x-keepclear", "x-session", "x-csrf-token", "keepclear"]) {
			const who = await whoIs("", "/api/session", {
				[header]: header === "authorization" ? `Bearer ${cookie}` : cookie,
			});
			tried(fixation, `the session in ${header}`, who === 401, who);
		}
	});

	it("opens nothing under another cookie's name, cut short, or after it was ended", async () => {
		const anna = await server.person("anna", "duty_officer");
		const cookie = cookieOf(await signIn("anna", password));
		const others = [`Keepclear=${cookie}`, `__Host-keepclear=${cookie}`, `keepclear-browser=${cookie}`];
		for (const other of [...others, `keepclear=${cookie.slice(0, -1)}`, `keepclear=${cookie}x`, "keepclear="]) {
			const who = await whoIs(other);
			tried(fixation, other, who === 401, who);
		}
		const ended = await signIn("anna", password);
		const own = `keepclear=${cookieOf(ended)}`;
		const csrf = ended.json<{ csrfToken: string }>().csrfToken;
		await server.nobody("DELETE", "/api/session", { headers: { cookie: own, "x-csrf-token": csrf } });
		tried(fixation, "signed out", (await whoIs(own)) === 401);
		expect((await anna("GET", "/api/session")).statusCode).toBe(200);
	});

	it("has a CSRF token that is of no use to another session", async () => {
		const anna = await server.person("anna", "duty_officer");
		await server.person("berta", "duty_officer");
		const other = (await signIn("berta", password)).json<{ csrfToken: string }>().csrfToken;
		const answer = await anna("DELETE", "/api/session", { headers: { "x-csrf-token": other } });
		tried(fixation, "another's CSRF token", answer.statusCode === 403, answer.body);
	});
});
