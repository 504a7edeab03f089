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

/** Of a browser in which somebody has signed in before: it opens nothing. */
export const browserCookieName = (secure: boolean) => `${sessionCookieName(secure)}-browser`;

/** Between the password and the code; minutes. */
export const ticketCookieName = (secure: boolean) => `${sessionCookieName(secure)}-ticket`;

export const writeSessionCookie = (value: string, setting: CookieSetting): string =>
	writeCookie(sessionCookieName(setting.secure), value, setting);
export const writeBrowserCookie = (value: string, setting: CookieSetting): string =>
	writeCookie(browserCookieName(setting.secure), value, setting);
export const writeTicketCookie = (value: string, setting: CookieSetting): string =>
	writeCookie(ticketCookieName(setting.secure), value, setting);

function writeCookie(name: string, value: string, { secure, maxAgeMs }: CookieSetting): string {
	const attributes = ["Path=/", "HttpOnly", "SameSite=Strict", `Max-Age=${Math.floor(maxAgeMs / 1000)}`];
	if (secure) attributes.push("Secure");
	return [`${name}=${value}`, ...attributes].join("; ");
}
