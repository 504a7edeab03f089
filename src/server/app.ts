import type { Server as TlsServer } from "node:https";
import Fastify, { LogController, type FastifyBaseLogger } from "fastify";
import { serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { maxPictureBytes } from "#contract/edge-api.ts";
import { acceptancesRoutes } from "./acceptances/acceptances-routes.ts";
import { accountsRoutes } from "./accounts/accounts-routes.ts";
import { factorsRoutes } from "./accounts/factors-routes.ts";
import { nobodysHash } from "./accounts/password-hash.ts";
import { alertsRoutes } from "./alerts/alerts-routes.ts";
import { camerasRoutes } from "./cameras/cameras-routes.ts";
import { usersRoutes } from "./accounts/users-routes.ts";
import { auditRoutes } from "./audit/audit-routes.ts";
import { cluesRoutes } from "./clues/clues-routes.ts";
import { drillPacksRoutes } from "./drill-packs/drill-packs-routes.ts";
import { drillsRoutes } from "./drills/drills-routes.ts";
import { edgeApiRoutes } from "./edge-api/edge-api-routes.ts";
import { edgesRoutes } from "./edges/edges-routes.ts";
import { enrolmentRoutes } from "./enrolment/enrolment-routes.ts";
import { evidenceSetsRoutes } from "./evidence-sets/evidence-sets-routes.ts";
import { evidenceRoutes } from "./evidence/evidence-routes.ts";
import { evidencePackageRoutes } from "./evidence-package/evidence-package-routes.ts";
import { exemptStaysRoutes } from "./exempt-stays/exempt-stays-routes.ts";
import { feedRoutes } from "./feed/feed-routes.ts";
import { guardRoutes } from "./guard/guard-routes.ts";
import { handlingRoutes } from "./handling/handling-routes.ts";
import { handoversRoutes } from "./handovers/handovers-routes.ts";
import { targetsRoutes } from "./handling/targets-routes.ts";
import { historyRoutes } from "./history/history-routes.ts";
import { countRequests } from "./health/count-requests.ts";
import { healthRoutes } from "./health/health-routes.ts";
import type { App } from "./http/app-type.ts";
import { answerError, installErrors } from "./http/errors.ts";
import { installGuard, isSecure, type GuardedRoute } from "./http/guard.ts";
import { installOpenApi, openApiRoute } from "./http/openapi.ts";
import { bareHeaders, installSecurityHeaders } from "./http/security-headers.ts";
import { httpOptions, installPatience, type Patience, patience } from "./http/slow-requests.ts";
import { ledgerRoutes } from "./ledger/ledger-routes.ts";
import { lanesRoutes } from "./lanes/lanes-routes.ts";
import { liveRoutes } from "./live/live-routes.ts";
import { installWebSocket, streamRoutes } from "./live/stream-routes.ts";
import { markingsRoutes } from "./markings/markings-routes.ts";
import { noticesRoutes } from "./notices/notices-routes.ts";
import { organisationRoutes } from "./organisation/organisation-routes.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { permitsRoutes } from "./permits/permits-routes.ts";
import { plansRoutes } from "./plans/plans-routes.ts";
import { policyRoutes } from "./policy/policy-routes.ts";
import { probesRoutes } from "./probes/probes-routes.ts";
import { sealsRoutes } from "./seals/seals-routes.ts";
import { loadOrMakePushKey } from "./push/push-key.ts";
import { pushRoutes } from "./push/push-routes.ts";
import { receiversRoutes } from "./receivers/receivers-routes.ts";
import { retentionRoutes } from "./retention/retention-routes.ts";
import { reviewsRoutes } from "./reviews/reviews-routes.ts";
import type { ServerParts } from "./server-parts.ts";
import { siteCardsRoutes } from "./site-cards/site-cards-routes.ts";
import { speakersRoutes } from "./speakers/speakers-routes.ts";
import { composeTransferPackage } from "./transfer-package/compose-package.ts";
import type { CertificateKeeper } from "./tls/certificate-keeper.ts";
import { transfersRoutes } from "./transfers/transfers-routes.ts";

/** Otherwise pino's own type would be part of the type of every route. */
const asFastifyLog = (log: FastifyBaseLogger): FastifyBaseLogger => log;

export interface BuiltApp {
	readonly app: App;
	/** Every route, with who may call it. */
	readonly routes: readonly GuardedRoute[];
	/** Uploads that were last touched before this instant are given up. */
	readonly removeStaleUploads: (before: number) => Promise<void>;
}

interface AppOptions {
	/** What Prometheus sends as bearer. */
	readonly metricsToken?: string | null;
	/** Null: no TLS of ours. */
	readonly certificates?: CertificateKeeper | null;
	/** For how long somebody may take to say what he wants. */
	readonly patient?: Patience;
}

/** The HTTP side of the server, ready for `listen` or `inject`. */
export async function buildApp(
	parts: ServerParts,
	{ metricsToken = null, certificates = null, patient = patience }: AppOptions = {},
): Promise<BuiltApp> {
	const { listen } = parts.config;
	const app: App = Fastify({
		...listening(certificates, patient),
		loggerInstance: asFastifyLog(parts.log),
		logController: new LogController({ disableRequestLogging: true }),
		trustProxy: listen.trustedProxies.length > 0 ? listen.trustedProxies : false,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 200 }, // ids have up to 127
		// Addresses that cannot even be read: no hook has run.
		frameworkErrors: (error, request, reply) => {
			answerError(error, request, reply.headers(bareHeaders));
		},
		forceCloseConnections: true,
		requestTimeout: 10 * 60_000, // an upload that takes longer is resumed
		bodyLimit: 256 * 1024,
	}).withTypeProvider<ZodTypeProvider>();
	app.setSerializerCompiler(serializerCompiler);
	const pictures = ["image/jpeg", "image/png"];
	app.addContentTypeParser(pictures, { parseAs: "buffer", bodyLimit: maxPictureBytes }, (_request, body, done) =>
		done(null, body),
	);
	certificates?.onChange(({ certificate: cert, key }) => (app.server as TlsServer).setSecureContext({ cert, key }));
	installErrors(app);
	installPatience(app, patient);
	countRequests(app, parts.store);
	await installSecurityHeaders(app, isSecure(parts));
	await installOpenApi(app, parts.config.name);
	await installWebSocket(app);
	const routes = installGuard(app, parts, metricsToken);
	await nobodysHash();

	accountsRoutes(app, parts);
	factorsRoutes(app, parts);
	lanesRoutes(app, parts);
	historyRoutes(app, parts);
	feedRoutes(app, parts);
	alertsRoutes(app, parts);
	handlingRoutes(app, parts);
	targetsRoutes(app, parts);
	handoversRoutes(app, parts);
	guardRoutes(app, parts);
	acceptancesRoutes(app, parts);
	const { removeStaleUploads } = evidenceRoutes(app, parts);
	evidenceSetsRoutes(app, parts);
	evidencePackageRoutes(app, parts);
	reviewsRoutes(app, parts);
	markingsRoutes(app, parts);
	receiversRoutes(app, parts);
	transfersRoutes(app, parts, composeTransferPackage);
	cluesRoutes(app, parts);
	retentionRoutes(app, parts);
	noticesRoutes(app, parts);
	pushRoutes(app, parts, await loadOrMakePushKey(parts.config.dataFolder));
	sealsRoutes(app, parts);
	ledgerRoutes(app, parts);
	auditRoutes(app, parts);
	camerasRoutes(app, parts);
	probesRoutes(app, parts);
	speakersRoutes(app, parts);
	liveRoutes(app, parts);
	streamRoutes(app, parts);
	edgesRoutes(app, parts);
	enrolmentRoutes(app, parts);
	policyRoutes(app, parts);
	exemptStaysRoutes(app, parts);
	permitsRoutes(app, parts);
	plansRoutes(app, parts);
	organisationRoutes(app, parts);
	usersRoutes(app, parts);
	siteCardsRoutes(app, parts);
	drillPacksRoutes(app, parts);
	drillsRoutes(app, parts);
	edgeApiRoutes(app, parts);
	healthRoutes(app, parts, certificates);
	openApiRoute(app);
	await pageRoutes(app, parts);
	return { app, routes, removeStaleUploads };
}

/** Fastify makes an HTTPS server of it, whose type no route needs to know. */
function listening(certificates: CertificateKeeper | null, patient: Patience): object {
	if (!certificates) return { http: httpOptions(patient) };
	const { certificate: cert, key } = certificates.current;
	return { https: { ...httpOptions(patient), cert, key, minVersion: "TLSv1.2" } };
}
