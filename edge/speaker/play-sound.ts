import { inCodec, muLawSilence, samplesPerSecond } from "#core/sound/g711.ts";
import { backChannelOption } from "#platform/rtsp/back-channel.ts";
import { wait } from "#platform/wait.ts";
import { type CameraAddress, parseCameraUrl } from "../video/camera-address.ts";
import type { CameraNetworks } from "../video/camera-networks.ts";
import { connectToCamera } from "../video/connect-to-camera.ts";
import { problemOfAnswer } from "../video/rtsp-answers.ts";
import { type AudioOut, findAudioOut } from "./audio-out.ts";
import { packetMs, rtpPackets } from "./rtp-sound.ts";
import { type RtspAnswer, RtspSession } from "./rtsp-session.ts";
import { SpeakerError } from "./speaker-error.ts";

export interface CameraToSpeakBy {
	readonly url: string;
	readonly networks: CameraNetworks;
}

const connectWithinMs = 5_000;
const byBackChannel = ["Require", backChannelOption] as const;
/** Cameras gather some sound before they play it, and drop it when the session ends. */
const lingering = Buffer.alloc(samplesPerSecond / 2, muLawSilence);

/**
 * Lets a camera's loudspeaker say something: ONVIF Streaming Specification 5.3, over the one TCP connection, as fast as it
 * sounds. Resolves when the camera was sent all of it.
 *
 * @param muLaw G.711 µ-law, 8000 samples a second
 * @throws CameraError, SpeakerError; the signal's reason
 */
export async function playSound(camera: CameraToSpeakBy, muLaw: Uint8Array, signal: AbortSignal): Promise<void> {
	await withSession(camera, signal, async (session, address) => {
		const audioOut = await describe(session, address);
		const transport = "RTP/AVP/TCP;unicast;interleaved=0-1";
		const setUp = await ask(session, "SETUP", audioOut.controlUri, [byBackChannel, ["Transport", transport]]);
		const sessionId = setUp.message.headers.get("session")?.[0]?.split(";")[0] ?? "";
		const channel = Number(/interleaved=(\d+)/.exec(setUp.message.headers.get("transport")?.[0] ?? "")?.[1] ?? 0);
		const own = ["Session", sessionId] as const;
		await ask(session, "PLAY", audioOut.sessionUri, [byBackChannel, own]);
		await sendPaced(session, channel, audioOut, Buffer.concat([muLaw, lingering]), signal);
		await session.request("TEARDOWN", audioOut.sessionUri, [own]).catch(() => {}); // all was said
	});
}

/** Whether the camera offers a loudspeaker that we can speak by. @throws as above, for what keeps us from asking */
export async function hasAudioOut(camera: CameraToSpeakBy, signal: AbortSignal): Promise<boolean> {
	try {
		await withSession(camera, signal, describe);
		return true;
	} catch (error) {
		if (error instanceof SpeakerError && error.problem === "no_audio_out") return false;
		throw error;
	}
}

async function withSession<T>(
	{ url, networks }: CameraToSpeakBy,
	signal: AbortSignal,
	act: (session: RtspSession, address: CameraAddress) => Promise<T>,
): Promise<T> {
	const address = parseCameraUrl(url);
	const session = new RtspSession(
		await connectToCamera(address, { networks, timeoutMs: connectWithinMs }, signal),
		address,
	);
	const close = () => session.close();
	signal.addEventListener("abort", close, { once: true });
	try {
		return await act(session, address);
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	} finally {
		signal.removeEventListener("abort", close);
		close();
	}
}

async function describe(session: RtspSession, { requestUri, credentials }: CameraAddress): Promise<AudioOut> {
	const { status, message } = await session.request("DESCRIBE", requestUri, [
		byBackChannel,
		["Accept", "application/sdp"],
	]);
	if (status === 551) throw noAudioOut(); // "option not supported"
	if (status !== 200) throw refusal("DESCRIBE", { status, message }, credentials !== null);
	const base = message.headers.get("content-base")?.[0] ?? message.headers.get("content-location")?.[0] ?? requestUri;
	const audioOut = findAudioOut(message.body.toString("latin1"), base);
	if (!audioOut) throw noAudioOut();
	return audioOut;
}

async function ask(
	session: RtspSession,
	method: string,
	uri: string,
	headers: Parameters<RtspSession["request"]>[2],
): Promise<RtspAnswer> {
	const answer = await session.request(method, uri, headers);
	if (answer.status === 551) throw noAudioOut();
	if (answer.status === 453 || answer.status === 503) {
		throw new SpeakerError("busy", "somebody else speaks by this camera"); // it has one loudspeaker
	}
	if (answer.status !== 200) throw refusal(method, answer, true);
	return answer;
}

async function sendPaced(
	session: RtspSession,
	channel: number,
	{ codec, payloadType }: AudioOut,
	muLaw: Buffer,
	signal: AbortSignal,
): Promise<void> {
	const [silence = muLawSilence] = inCodec(Uint8Array.of(muLawSilence), codec);
	const beganAt = performance.now();
	let number = 0;
	for (const packet of rtpPackets(inCodec(muLaw, codec), payloadType, silence)) {
		const earlyMs = beganAt + number * packetMs - performance.now();
		if (earlyMs > 1) await wait(earlyMs, signal);
		signal.throwIfAborted();
		session.send(channel, packet);
		number += 1;
	}
}

const noAudioOut = () => new SpeakerError("no_audio_out", "the camera offers no audio out (ONVIF back channel, G.711)");

function refusal(method: string, { status, message }: RtspAnswer, hasCredentials: boolean): Error {
	const known = status === 0 ? null : problemOfAnswer(method, status, message, hasCredentials);
	return known ?? new SpeakerError("refused", `the camera answered ${method} with status ${status}`);
}
