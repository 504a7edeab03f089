import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attendedHeader, type SessionAnswer } from "#contract/session-api.ts";
import { createLog } from "#platform/log.ts";
import { listUsers } from "../../src/server/accounts/accounts-store.ts";
import { setMustChangePassword } from "../../src/server/accounts/users-store.ts";
import { createEdge } from "../../src/server/edges/edges-actions.ts";
import { serverConfigSchema, type ServerConfig } from "../../src/server/config.ts";
import { startServer, type RunningServer } from "../../src/server/main.ts";
import { withoutTelephone } from "./server-app.ts";

/** A signed-in person for tests: `fetch` with cookie and CSRF token. */
export interface Person {
	readonly session: SessionAnswer;
	readonly cookie: string;
	fetch(path: string, init?: { method?: string; json?: unknown; headers?: Record<string, string> }): Promise<Response>;
	/** The JSON of an answer below 400; anything else throws with the answer in its message. */
	json<T>(path: string, init?: { method?: string; json?: unknown }): Promise<T>;
}

export interface TestServer extends RunningServer {
	readonly dataFolder: string;
	readonly config: ServerConfig;
	readonly adminPassword: string;
	admin(): Promise<Person>;
	signIn(name: string, password: string): Promise<Person>;
	createEdge(id: string, siteId?: string): { token: string };
	/** Stops it and removes its folder (unless the folder was given). */
	stop(): Promise<void>;
}

/** The whole server in this process: real SQLite, real broker, random ports, a folder of its own. */
export async function startTestServer(
	overrides: Partial<Record<keyof ServerConfig, unknown>> & { dataFolder?: string } = {},
	pageFolder?: string,
): Promise<TestServer> {
	const dataFolder = overrides.dataFolder ?? (await mkdtemp(join(tmpdir(), "keepclear-server-")));
	const config = serverConfigSchema.parse({
		listen: { host: "127.0.0.1", port: 0 },
		mqtt: { kind: "embedded", host: "127.0.0.1", port: 0 },
		evidence: { minFreeBytes: 0 },
		accounts: withoutTelephone,
		...overrides,
		dataFolder,
	});
	const log = createLog("test-server", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "error");
	const server = await startServer(config, { log, ...(pageFolder === undefined ? {} : { pageFolder }) });
	const controller = new AbortController();
	const running = server.run(controller.signal);
	running.catch(() => {}); // `stop` throws it
	const adminPassword = server.firstPassword ?? "";
	if (server.firstPassword !== null) keepFirstPassword(server.parts.store);
	return {
		...server,
		config,
		dataFolder,
		adminPassword,
		admin: () => signIn(server.url, "admin", adminPassword),
		signIn: (name, password) => signIn(server.url, name, password),
		createEdge: (id, siteId = "estate") => createEdge(server.parts.store, { id, siteId, name: id }),
		async stop() {
			controller.abort();
			await running;
			if (!overrides.dataFolder) await rm(dataFolder, { recursive: true, force: true });
		},
	};
}

/** Otherwise each test would begin with choosing another. */
function keepFirstPassword(store: RunningServer["parts"]["store"]): void {
	for (const { id } of listUsers(store)) setMustChangePassword(store, id, false);
}

export async function signIn(url: string, name: string, password: string): Promise<Person> {
	const answer = await fetch(new URL("/api/session", url), {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ name, password }),
	});
	if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
	const session = (await answer.json()) as SessionAnswer;
	const cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
	const send: Person["fetch"] = (path, { method = "GET", json, headers = {} } = {}) =>
		fetch(new URL(path, url), {
			method,
			headers: {
				cookie,
				[attendedHeader]: "1",
				"x-csrf-token": session.csrfToken,
				...(json === undefined ? {} : { "content-type": "application/json" }),
				...headers,
			},
			...(json === undefined ? {} : { body: JSON.stringify(json) }),
		});
	return {
		session,
		cookie,
		fetch: send,
		async json<T>(path: string, init?: { method?: string; json?: unknown }) {
			const response = await send(path, init);
			if (!response.ok)
				throw new Error(`${init?.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
			return (await response.json()) as T;
		},
	};
}
