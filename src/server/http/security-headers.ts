import helmet from "@fastify/helmet";
import type { App } from "./app-type.ts";

/** No inline scripts and nothing from elsewhere: the page works without the Internet. */
export async function installSecurityHeaders(app: App, isHttps: boolean): Promise<void> {
	await app.register(helmet, {
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				defaultSrc: ["'self'"],
				scriptSrc: ["'self'"],
				styleSrc: ["'self'"],
				styleSrcAttr: ["'unsafe-inline'"], // positions and sizes that a drawing computes
				imgSrc: ["'self'", "data:", "blob:"],
				mediaSrc: ["'self'", "blob:"],
				connectSrc: ["'self'"],
				objectSrc: ["'none'"],
				baseUri: ["'none'"],
				formAction: ["'self'"],
				frameAncestors: ["'none'"],
			},
		},
		hsts: isHttps ? { maxAge: 31_536_000 } : false,
		crossOriginOpenerPolicy: isHttps ? { policy: "same-origin" } : false, // browsers ignore it, loudly, without https
		originAgentCluster: false,
		frameguard: { action: "deny" },
		referrerPolicy: { policy: "same-origin" },
	});
}

/** Of an answer before any hook has run: to an address that cannot be read. */
export const bareHeaders = {
	"content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"x-frame-options": "DENY",
	"x-content-type-options": "nosniff",
} as const;
