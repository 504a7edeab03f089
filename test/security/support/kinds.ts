/** Kinds of attack that `npm run test:security` tries. One without a case fails the run: its test is gone, or no longer counts. */
export const attackKinds = [
	"routes without a session",
	"another role's or site's objects",
	"CSRF, foreign origins (also SSE, WebSocket)",
	"session fixation",
	"guessing of passwords",
	"user names told by time",
	"path traversal",
	"symbolic links",
	"commands, options, headers injected",
	"SQL in filters and addresses",
	"SSRF by a camera's address",
	"SSRF by webhooks and push",
	"scripts in texts (XSS)",
	"oversize requests",
	"slow requests",
	"zip bombs and damaged zips",
	"image bombs",
	"malicious video",
	"MQTT floods",
	"forged MQTT messages",
	"security headers",
	"malformed messages",
	"malformed configurations and scenes",
	"malformed protocols and uploads",
	"texts that take long to read",
	"children beyond their limits",
] as const;
export type AttackKind = (typeof attackKinds)[number];

/** How many cases of a kind were tried, and how many were refused as they should be. */
export interface CaseCount {
	tried: number;
	refused: number;
}
export type CaseCounts = Partial<Record<AttackKind, CaseCount>>;
