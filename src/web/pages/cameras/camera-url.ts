/** A camera's address as people know it: where it is, and who may look. */
export interface CameraAddress {
	/** `rtsp://192.168.1.64:554/Streaming/Channels/102`, without user and password. */
	readonly address: string;
	readonly user: string;
	readonly password: string;
}

/** What the server shows in place of a password, and takes for "as it is stored". */
export const hiddenPassword = "***";

/**
 * Takes an address apart, also one that was pasted as a whole. Passwords with `@` or `/` that nobody encoded are
 * understood: what stands before the last `@` is user and password.
 */
export function splitCameraUrl(url: string): CameraAddress {
	const match = /^\s*([a-z]+:\/\/)([^\s]*)\s*$/i.exec(url);
	if (!match) return { address: url.trim(), user: "", password: "" };
	const [, scheme = "", rest = ""] = match;
	const at = endOfUserInfo(rest);
	if (at < 0) return { address: scheme + rest, user: "", password: "" };
	const userInfo = rest.slice(0, at);
	const colon = userInfo.indexOf(":");
	return {
		address: scheme + rest.slice(at + 1),
		user: decoded(colon < 0 ? userInfo : userInfo.slice(0, colon)),
		password: colon < 0 ? "" : decoded(userInfo.slice(colon + 1)),
	};
}

export function joinCameraUrl({ address, user, password }: CameraAddress): string {
	const [scheme = "", rest = ""] = address.trim().split(/(?<=^[a-z]+:\/\/)/i);
	if (user === "") return address.trim();
	const secret = password === hiddenPassword ? password : encodeURIComponent(password);
	return `${scheme}${encodeURIComponent(user)}${password === "" ? "" : `:${secret}`}@${rest}`;
}

export type AddressProblem = "errUrl" | "errUrlLong";

/** What is wrong with what was typed; the server checks it again. */
export function problemOfAddress(camera: CameraAddress): AddressProblem | null {
	if (!/^rtsps?:\/\/[^\s/:@]+(:\d{1,5})?([/?][^\s]*)?$/i.test(camera.address.trim())) {
		// An address in brackets is one of IPv6.
		if (!/^rtsps?:\/\/\[[0-9a-f:.]+\](:\d{1,5})?([/?][^\s]*)?$/i.test(camera.address.trim())) return "errUrl";
	}
	return joinCameraUrl(camera).length > 500 ? "errUrlLong" : null;
}

/** A stored password goes to the host and the user alone for whom it was stored. */
export function keepsStoredPassword(stored: CameraAddress, typed: CameraAddress): boolean {
	return hostOf(stored.address) === hostOf(typed.address) && stored.user === typed.user;
}

const hostOf = (address: string) => /^[a-z]+:\/\/([^/?#]*)/i.exec(address.trim())?.[1]?.toLowerCase();

/** Where the `@` after user and password stands; -1 where there is none. */
function endOfUserInfo(rest: string): number {
	const slash = rest.search(/[/?#]/);
	const authority = slash < 0 ? rest : rest.slice(0, slash);
	const at = authority.lastIndexOf("@");
	if (at >= 0) return at;
	// `user:pass/word@host`: what stands after the colon is no port, so the slash belongs to the password.
	return /^[^:@/]+:(?!\d{1,5}$)[^@]*$/.test(authority) ? rest.lastIndexOf("@") : -1;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
