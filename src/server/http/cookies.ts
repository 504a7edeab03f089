/** The value of one cookie in a `Cookie` header; null when it is not there. Our values need no decoding. */
export function readCookie(header: string | undefined, name: string): string | null {
	for (const part of header?.split(";") ?? []) {
		const equals = part.indexOf("=");
		if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
	}
	return null;
}

export interface CookieSetting {
	readonly secure: boolean;
	/** 0 takes the cookie away. */
	readonly maxAgeMs: number;
}

/** `__Host-` makes browsers refuse a cookie of that name that is not Secure or that another host of the domain set. */
export const sessionCookieName = (secure: boolean) => (secure ? "__Host-keepclear" : "keepclear");

export function writeSessionCookie(value: string, { secure, maxAgeMs }: CookieSetting): string {
	const attributes = ["Path=/", "HttpOnly", "SameSite=Strict", `Max-Age=${Math.floor(maxAgeMs / 1000)}`];
	if (secure) attributes.push("Secure");
	return [`${sessionCookieName(secure)}=${value}`, ...attributes].join("; ");
}
