import type { Credentials } from "#platform/rtsp/authorization.ts";
import { hostOf } from "#platform/host-of.ts";
import { InputError } from "#platform/input-error.ts";

/** Where a camera is reached, taken apart, so that the password goes its own way. */
export interface CameraAddress {
	readonly isTls: boolean;
	/** A name or a number; an IPv6 address without brackets. */
	readonly host: string;
	readonly port: number;
	/** The address without user and password, as it stands in requests. May hold secrets in its query. */
	readonly requestUri: string;
	readonly credentials: Credentials | null;
}

/** @throws InputError, in words that do not repeat the address: it may hold a password. */
export function parseCameraUrl(text: string): CameraAddress {
	if (!URL.canParse(text)) throw new InputError("camera address: is not a URL such as rtsp://192.168.1.20/stream1");
	const url = new URL(text);
	if (url.protocol !== "rtsp:" && url.protocol !== "rtsps:") {
		throw new InputError(`camera address: begins with ${url.protocol}//, allowed are rtsp:// and rtsps://`);
	}
	if (!url.hostname) throw new InputError("camera address: names no host");
	const isTls = url.protocol === "rtsps:";
	return {
		isTls,
		host: hostOf(url),
		port: url.port ? Number(url.port) : isTls ? 322 : 554,
		requestUri: `${url.protocol}//${url.host}${url.pathname}${url.search}`,
		credentials: url.username ? { user: decode(url.username), password: decode(url.password) } : null,
	};
}

function decode(part: string): string {
	let text: string;
	try {
		text = decodeURIComponent(part);
	} catch (cause) {
		throw new InputError("camera address: a % in user or password must be written %25", { cause });
	}
	// A line's end would be one in our request to the camera, and what follows a header of its own.
	if (/[\u0000-\u001f\u007f]/.test(text)) {
		throw new InputError("camera address: user and password have no line ends and no other control characters");
	}
	return text;
}
