import { redactSecrets } from "#platform/redact.ts";

/**
 * Camera addresses and their passwords. A password stands before the host (`rtsp://user:secret@host/`), or, at cameras
 * that want it so, in the path or the query (`…/user=admin&password=secret&channel=1`).
 */
export const hiddenPassword = "***";

const namedPassword = /((?:^|[?&/;_])(?:password|passwd|pwd|pass)=)([^&?#/;]*)/gi;

/** What may be shown: with `***` in place of each password. */
export function hidePassword(url: string): string {
	const parsed = new URL(url);
	if (parsed.password) parsed.password = hiddenPassword;
	parsed.pathname = parsed.pathname.replace(namedPassword, hide);
	parsed.search = parsed.search.replace(namedPassword, hide);
	return parsed.href;
}

const hide = (whole: string, key: string, secret: string) => (secret ? key + hiddenPassword : whole);

/** The passwords themselves, as they are and as they stand in the address: to be taken out of other texts. */
export function passwordsIn(url: string): readonly string[] {
	const { password, pathname, search } = new URL(url);
	const named = [...`${pathname}${search}`.matchAll(namedPassword)].map((match) => match[2] ?? "");
	return [password, ...named].flatMap((text) => [text, decoded(text)]).filter((text) => text !== "");
}

/** A text that an edge sends about this camera: edges redact too, and may be older. */
export function withoutSecrets(text: string, url: string | null): string {
	const passwords = url === null ? [] : passwordsIn(url);
	return passwords.reduce((rest, password) => rest.replaceAll(password, hiddenPassword), redactSecrets(text));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

export type TakenUrl = { readonly url: string } | { readonly problem: string };

/**
 * The address to store: every `***` in `given` stands for what `stored` has in its place. That holds for the same host
 * and user alone; otherwise whoever may change an address could have the password sent to a host of his own.
 */
export function takeUrl(given: string, stored: string | null): TakenUrl {
	const problem = problemOf(given);
	if (problem) return { problem };
	const url = new URL(given);
	url.hash = "";
	if (hidePassword(url.href) !== url.href || !url.href.includes(hiddenPassword)) return { url: url.href };
	if (!stored) return { problem: "holds *** in place of a password; write the password itself" };
	const known = new URL(stored);
	if (known.host.toLowerCase() !== url.host.toLowerCase() || known.username !== url.username) {
		return { problem: "the host or the user has changed; write the password anew in place of ***" };
	}
	if (url.password === hiddenPassword) url.password = known.password;
	url.pathname = restore(url.pathname, known.pathname);
	url.search = restore(url.search, known.search);
	return url.href.includes(hiddenPassword)
		? { problem: "holds *** where no password is stored; write the password itself" }
		: { url: url.href };
}

function restore(given: string, known: string): string {
	const secrets = [...known.matchAll(namedPassword)].map((match) => match[2] ?? "");
	let at = 0;
	return given.replace(namedPassword, (whole, key: string, secret: string) => {
		const stored = secrets[at++];
		return secret === hiddenPassword && stored ? key + stored : whole;
	});
}

function problemOf(text: string): string | null {
	if (/[\s\u0000-\u001f\u007f]/.test(text)) return "holds a blank; write it as %20";
	if (!URL.canParse(text)) return "is not an address; a / in the password is written %2F, an @ %40, a : %3A, a # %23";
	const url = new URL(text);
	if (url.protocol !== "rtsp:" && url.protocol !== "rtsps:") return "must begin with rtsp:// or rtsps://";
	if (!url.hostname) return "names no host";
	const rest = text.slice(url.protocol.length + 2);
	if (!url.username && rest.includes(":") && rest.lastIndexOf("@") > rest.indexOf(":")) {
		return "a / in the password is written %2F, a # %23, a ? %3F";
	}
	return null;
}
