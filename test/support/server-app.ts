import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import type { Scope } from "#core/roles/scope.ts";
import type { Role } from "#contract/session-api.ts";
import type { EdgeAddress } from "#contract/topics.ts";
import { createLog } from "#platform/log.ts";
import { createUser } from "../../src/server/accounts/accounts-actions.ts";
import { buildApp, type BuiltApp } from "../../src/server/app.ts";
import { serverConfigSchema, type ServerConfig } from "../../src/server/config.ts";
import { rememberTargets } from "../../src/server/handling/targets-store.ts";
import { createEdge } from "../../src/server/edges/edges-actions.ts";
import type { Patience } from "../../src/server/http/slow-requests.ts";
import { keyFileOf } from "../../src/server/secrets/key-file.ts";
import { openVault, useVault } from "../../src/server/secrets/vault.ts";
import type { ServerParts } from "../../src/server/server-parts.ts";
import { Feed } from "../../src/server/store/feed.ts";
import { openStore } from "../../src/server/store/open-store.ts";

export type Inject = (
	method: NonNullable<InjectOptions["method"]>,
	url: string,
	more?: InjectMore,
) => Promise<LightMyRequestResponse>;
interface InjectMore {
	readonly json?: unknown;
	readonly payload?: Buffer;
	readonly headers?: Record<string, string>;
}

export interface TestApp extends BuiltApp {
	readonly parts: ServerParts;
	readonly dataFolder: string;
	/** What edges were told, in order. */
	readonly told: ({ edge: EdgeAddress; revision: number } | { edge: EdgeAddress; jobId: string })[];
	/** Unix milliseconds; the clock stands still unless a test moves it. */
	readonly clock: { now: number };
	/** Calls as nobody. */
	readonly nobody: Inject;
	/** Makes a user, of every site unless `where` says otherwise, signs in, and calls as that person. */
	person(
		name: string,
		role: Role,
		where?: { readonly scopes?: readonly Scope[]; readonly receiverId?: string },
	): Promise<Inject>;
	/** Registers an edge, and calls with its token. */
	edge(id: string, siteId?: string): Inject & { token: string };
	close(): Promise<void>;
}

/** Days pass in tests, and nobody touches a page: what is said of sessions holds for every role unless a test says more. */
function sameForAll(sessions: object): object {
	const { idleMs, absoluteMs } = serverConfigSchema.shape.sessions.parse(sessions);
	return { sensitive: { idleMs, absoluteMs }, ...sessions };
}

/** People in tests sign in by their password, whatever their role, unless a test is about the second factor. */
export const withoutTelephone = { secondFactor: "offered" } as const;

export const password = "correct-horse-battery";

/** The HTTP side alone, with a real database file in a folder of its own, through Fastify's `inject`. */
export async function buildTestApp(
	overrides: Partial<Record<keyof ServerConfig, unknown>> = {},
	more: { metricsToken?: string; pageFolder?: string; patient?: Patience } = {},
): Promise<TestApp> {
	const dataFolder = await mkdtemp(join(tmpdir(), "keepclear-app-"));
	const { sessions = {}, ...others } = overrides;
	const config = serverConfigSchema.parse({
		...{ evidence: { minFreeBytes: 0 }, accounts: withoutTelephone, dataFolder, ...others },
		sessions: sameForAll(sessions as object),
	});
	const store = openStore(join(dataFolder, "keepclear.db"));
	useVault(store, await openVault(store, keyFileOf(config)));
	rememberTargets(store, config.handling.targets);
	const told: TestApp["told"] = [];
	const clock = { now: Date.now() };
	const parts: ServerParts = {
		config,
		store,
		feed: new Feed(store),
		notifier: {
			connected: true,
			publishConfig: (edge, revision) => void told.push({ edge, revision }),
			publishJob: (edge, jobId) => void told.push({ edge, jobId }),
		},
		forEdges: { mqtt: { port: 1883, tls: false }, authority: null },
		log: createLog("test-app", process.env["KEEPCLEAR_LOG_LEVEL"] ?? "fatal"),
		now: () => clock.now,
		pageFolder: more.pageFolder ?? join(dataFolder, "no-page"),
	};
	const { metricsToken = null, patient } = more;
	const built = await buildApp(parts, { metricsToken, ...(patient ? { patient } : {}) });
	const { app } = built;

	const callWith = (fixed: Record<string, string>): Inject => {
		return (method, url, { json, payload, headers = {} } = {}) =>
			app.inject({
				method,
				url,
				headers: { ...fixed, ...headers },
				...(json === undefined ? {} : { payload: json as object }),
				...(payload === undefined ? {} : { payload }),
			});
	};

	return {
		...built,
		parts,
		dataFolder,
		told,
		clock,
		nobody: callWith({}),
		async person(name, role, where = {}) {
			await createUser(store, { name, role, password, scopes: [{ kind: "all" }], ...where }, clock.now);
			const answer = await app.inject({ method: "POST", url: "/api/session", payload: { name, password } });
			if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
			const cookie = String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";
			return callWith({ cookie, "x-csrf-token": answer.json<{ csrfToken: string }>().csrfToken });
		},
		edge(id, siteId = "estate") {
			const { token } = createEdge(store, { id, siteId, name: id }, clock.now);
			return Object.assign(callWith({ authorization: `Bearer ${token}` }), { token });
		},
		async close() {
			await app.close();
			store.close();
			await rm(dataFolder, { recursive: true, force: true });
		},
	};
}
