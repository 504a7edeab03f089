import type { G711Codec } from "#core/sound/g711.ts";

/** The loudspeaker that a camera's description offers. */
export interface AudioOut {
	/** Where it is set up; absolute. */
	readonly controlUri: string;
	/** Where the session is begun and ended. */
	readonly sessionUri: string;
	readonly codec: G711Codec;
	readonly payloadType: number;
}

const fixedTypes: Readonly<Record<string, string>> = { 0: "PCMU/8000", 8: "PCMA/8000" };

/**
 * Reads a session's description (SDP) as ONVIF's Streaming Specification 5.3 has it: the loudspeaker is the sound that the
 * client may send (`a=sendonly`). Null where there is none, or none that takes G.711 at 8 kHz.
 *
 * @param baseUri what relative addresses in it are relative to
 */
export function findAudioOut(sdp: string, baseUri: string): AudioOut | null {
	const [session = [], ...media] = partsOf(sdp);
	const sessionUri = resolve(controlOf(session), baseUri);
	for (const lines of media) {
		const types = /^m=audio \d+(?:\/\d+)? RTP\/AVP ([\d ]+)$/.exec(lines[0] ?? "")?.[1]?.split(/ +/);
		if (!types || !lines.includes("a=sendonly")) continue;
		for (const type of types) {
			const codec = codecOf(type, lines);
			const control = controlOf(lines);
			if (codec && control !== null) {
				return { controlUri: resolve(control, sessionUri), sessionUri, codec, payloadType: Number(type) };
			}
		}
	}
	return null;
}

/** The lines of the session, then of each medium. */
function partsOf(sdp: string): string[][] {
	const parts: string[][] = [[]];
	for (const line of sdp.split(/\r?\n/)) {
		if (line.startsWith("m=")) parts.push([]);
		parts.at(-1)?.push(line.trim());
	}
	return parts;
}

function codecOf(type: string, lines: readonly string[]): G711Codec | null {
	const said = lines.find((line) => line.startsWith(`a=rtpmap:${type} `))?.slice(`a=rtpmap:${type} `.length);
	const [, name, rate] = /^(\w+)\/(\d+)(?:\/1)?$/.exec((said ?? fixedTypes[type] ?? "").toUpperCase()) ?? [];
	return rate === "8000" && (name === "PCMU" || name === "PCMA") ? name : null;
}

const controlOf = (lines: readonly string[]): string | null =>
	lines.find((line) => line.startsWith("a=control:"))?.slice("a=control:".length) ?? null;

/** Not as URLs of the web are resolved: cameras put a query or a slash in, and expect what follows behind it. */
function resolve(control: string | null, baseUri: string): string {
	if (control === null || control === "*" || control === "") return baseUri;
	if (/^rtsps?:\/\//i.test(control)) return control;
	return `${baseUri.replace(/\/$/, "")}/${control.replace(/^\//, "")}`;
}
