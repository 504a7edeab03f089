import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverConfigSchema } from "../../src/server/config.ts";
import { measureCertificates } from "../../src/server/health/certificate-metrics.ts";
import { type Metric, writeMetric } from "../../src/server/health/prometheus-text.ts";
import { CertificateKeeper } from "../../src/server/tls/certificate-keeper.ts";
import { makeCertificates } from "../support/certificates.ts";
import { topics } from "#contract/topics.ts";
import { messageTaker } from "../support/message-taker.ts";
import { buildTestApp, type TestApp } from "../support/server-app.ts";

let server: TestApp;
beforeAll(async () => {
	server = await buildTestApp({}, { metricsToken: "scrape-me" });
});
afterAll(() => server.close());

const metrics = async () => {
	const answer = await server.nobody("GET", "/metrics", { headers: { authorization: "Bearer scrape-me" } });
	expect(answer.statusCode).toBe(200);
	return answer.body;
};

interface Readiness {
	readonly ready: boolean;
	readonly problems: readonly { readonly part: string; readonly message: string }[];
}

describe("/readyz", () => {
	it("says that all is there", async () => {
		const answer = await server.nobody("GET", "/readyz");
		expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true, problems: [] }]);
	});

	it.each([
		["database", async (app: TestApp) => void app.parts.store.pragma("query_only = ON")],
		["broker", async (app: TestApp) => void Object.assign(app.parts.notifier, { connected: false })],
	])("says that the %s is not", async (part, breakIt) => {
		const broken = await buildTestApp();
		try {
			await breakIt(broken);
			const answer = await broken.nobody("GET", "/readyz");
			expect(answer.statusCode).toBe(503);
			expect(answer.json<Readiness>().problems.map((each) => each.part)).toEqual([part]);
			expect(answer.body).not.toContain(broken.dataFolder);
		} finally {
			await broken.close();
		}
	});

	it("says that the disk is below its mark, while the server is healthy all the same", async () => {
		const full = await buildTestApp({ evidence: { minFreeBytes: Number.MAX_SAFE_INTEGER } });
		try {
			const answer = await full.nobody("GET", "/readyz");
			expect([answer.statusCode, answer.json<Readiness>().problems.map((each) => each.part)]).toEqual([503, ["disk"]]);
			expect((await full.nobody("GET", "/healthz")).statusCode).toBe(200);
		} finally {
			await full.close();
		}
	});

	it("writes seldom, however often it is asked", async () => {
		const written = () => server.parts.store.prepare("SELECT value FROM settings WHERE key = 'readyAt'").pluck().get();
		await server.nobody("GET", "/readyz");
		const first = written();
		server.clock.now += 4_000;
		await server.nobody("GET", "/readyz");
		expect(written()).toBe(first);
		server.clock.now += 2_000;
		await server.nobody("GET", "/readyz");
		expect(written()).not.toBe(first);
	});
});

describe("/metrics", () => {
	it("counts requests by route, and no address", async () => {
		const boss = await server.person("boss", "admin");
		await boss("GET", "/api/alerts/some-alert-of-somebody");
		await server.nobody("GET", "/api/no/such/route");
		const text = await metrics();
		expect(text).toContain('keepclear_http_requests_total{method="GET",route="/api/alerts/:id",status="4xx"} 1\n');
		expect(text).toContain('keepclear_http_request_seconds_bucket{method="GET",route="/api/alerts/:id",le="+Inf"} 1\n');
		expect(text).toMatch(/route="(none|\/\*)",status="4xx"\} \d/);
		expect(text).not.toContain("some-alert-of-somebody");
	});

	it("is Prometheus' text: each name with its help and type once, then its figures, no line twice", async () => {
		const lines = (await metrics()).split("\n").filter(Boolean);
		const names = lines.filter((each) => each.startsWith("# TYPE")).map((each) => each.split(" ")[2] ?? "");
		expect(new Set(names).size).toBe(names.length);
		const samples = lines.filter((each) => !each.startsWith("#"));
		for (const sample of samples) {
			expect(sample).toMatch(/^[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[\d.e+-]+$/);
			const name = /^[a-z_]+/.exec(sample)?.[0] ?? "";
			expect(names).toContain(names.includes(name) ? name : name.replace(/_(bucket|sum|count)$/, ""));
		}
		const series = samples.map((each) => each.replace(/ \S+$/, ""));
		expect(new Set(series).size).toBe(series.length);
		for (const each of [
			"database_bytes",
			"wal_bytes",
			"notices_queued",
			"uploads_in_progress",
			"event_loop_delay_seconds",
		])
			expect(names).toContain(`keepclear_${each}`);
		expect(names).toContain("process_resident_memory_bytes");
	});

	it("tells what edges tell of themselves, and how long alerts took, while they are there", async () => {
		const at = Date.now();
		server.edge("gate");
		const { take } = messageTaker(server.parts.store, server.parts.feed);
		const edge = { siteId: "estate", edgeId: "gate" };
		const figures = {
			...{ startedAt: at, cameras: 4, camerasOnline: 3, frames: 120, looks: 118, waitingLooks: 0, waitingAlerts: 7 },
			...{
				refusedAlerts: 0,
				waitingEvidence: 2,
				waitingEvidenceBytes: 9,
				freeBytes: null,
				residentBytes: 5,
				cpuMs: 4200,
			},
		};
		const clock = { offsetMs: -250, source: "chrony", readAt: at };
		const say = (state: "online" | "offline", more: object) =>
			take(topics.status(edge), { v: 1, state, at, version: "0.1.0", ...more });
		say("online", { figures, clock });
		const text = await metrics();
		const gate = '{edge="gate",site="estate"}';
		expect(text).toContain(`keepclear_edge_online${gate} 1\n`);
		expect(text).toContain(`keepclear_edge_frames_total${gate} 120\n`);
		expect(text).toContain(`keepclear_edge_waiting_alerts${gate} 7\n`);
		expect(text).toContain(`keepclear_edge_cpu_seconds_total${gate} 4.2\n`);
		expect(text).toContain(`keepclear_edge_clock_offset_seconds${gate} -0.25\n`);
		expect(text).not.toContain(`keepclear_edge_disk_free_bytes${gate}`);
		expect(text).toContain('keepclear_messages_total{kind="status",result="applied"} 1\n');

		say("offline", {});
		const later = await metrics();
		expect(later).toContain(`keepclear_edge_online${gate} 0\n`);
		expect(later).not.toContain(`keepclear_edge_frames_total${gate}`);
	});
});

describe("the end of certificates", () => {
	const dayS = 86_400;

	it("is told of our own and of the authority that edges trust", async () => {
		const folder = await mkdtemp(join(tmpdir(), "keepclear-ends-"));
		try {
			const config = serverConfigSchema.parse({ dataFolder: folder, tls: { kind: "own" } });
			const keeper = await CertificateKeeper.open(config, { log: server.parts.log, now: Date.now });
			const [metric] = await measureCertificates(config, keeper);
			const end = (of: string) => metric?.samples.find(({ labels }) => labels?.["of"] === of)?.value ?? 0;
			const now = Date.now() / 1000;
			expect(end("server") - now).toBeGreaterThan(390 * dayS);
			expect(end("server") - now).toBeLessThan(398 * dayS);
			expect(end("authority") - now).toBeGreaterThan(19 * 365 * dayS);
			expect(writeMetric(metric as Metric)).toMatch(
				/^keepclear_certificate_end_timestamp_seconds\{of="server"\} \d+$/m,
			);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});

	it("is told of the broker's where it alone speaks TLS, and of nothing where none is or it cannot be read", async () => {
		const folder = await mkdtemp(join(tmpdir(), "keepclear-ends-"));
		try {
			const { certificateFile, keyFile } = makeCertificates(folder);
			const ends = async (mqtt: object) => measureCertificates(serverConfigSchema.parse({ mqtt }), null);
			const [metric] = await ends({ kind: "embedded", tls: { certificateFile, keyFile } });
			expect(metric?.samples).toEqual([{ labels: { of: "broker" }, value: expect.any(Number) as number }]);
			expect(await ends({ kind: "embedded" })).toEqual([]);
			expect(await ends({ kind: "embedded", tls: { certificateFile: join(folder, "none"), keyFile } })).toEqual([]);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});
