import { enrolAnswer, type EnrolGrant, enrolGrant, enrolText } from "#contract/enrolment-api.ts";
import { errorWordOf } from "#contract/error-answer.ts";
import { readValue } from "#contract/read-value.ts";
import { sha256Of } from "#platform/digest.ts";
import { type EnrolmentKeys, isProof } from "#platform/enrolment-keys.ts";
import { callHttp, type HttpAnswer } from "#platform/http-client.ts";
import { InputError } from "#platform/input-error.ts";

const answerWithinMs = 20_000;

/**
 * Asks the server to take `token` for this edge's. Any certificate does: what is sent opens nothing, and the answer is
 * believed because of its proof, which nobody can make who does not have the code.
 *
 * @throws InputError where the code is refused or the answer is not the server's; Error where there is none
 */
export async function askServer(serverUrl: string, keys: EnrolmentKeys, token: string): Promise<EnrolGrant> {
	const asked = { publicKey: keys.publicKey, tokenSha256: sha256Of(token) };
	const text = enrolText(asked);
	const answer = await post(serverUrl, { ...asked, signatureBase64: keys.sign(text) });
	if (answer.status !== 200) throw new InputError(refusal(serverUrl, answer));
	const told = readValue(enrolAnswer, jsonOf(answer.text));
	if (!told.success) throw new InputError(`${serverUrl}: answers, but not as a Keepclear of this version does`);
	const { grant, proof } = told.data;
	if (!isProof(keys.serverKey, text + grant, proof)) {
		throw new InputError(
			`${serverUrl}: the answer is not of the server that made the code: somebody stands between. Nothing was written`,
		);
	}
	return enrolGrant.parse(jsonOf(grant));
}

async function post(serverUrl: string, body: object): Promise<HttpAnswer> {
	try {
		return await callHttp({
			method: "POST",
			url: `${serverUrl}/api/enrolment`,
			headers: { "content-type": "application/json" },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(answerWithinMs),
			trustsAnybody: true,
		});
	} catch (cause) {
		const { name, code, message } = cause as NodeJS.ErrnoException;
		const why = name === "TimeoutError" ? "does not answer" : `cannot be reached (${code ?? message})`;
		const hint = serverUrl.startsWith("https:") ? "does it speak TLS there?" : "does it want https:// there?";
		throw new Error(`${serverUrl}: ${why}: is it up, is the way open, ${hint}`, { cause });
	}
}

function refusal(serverUrl: string, { status, text, headers }: HttpAnswer): string {
	const word = errorWordOf(text);
	switch (word) {
		case "wrong_code":
			return `${serverUrl}: knows no such code: is it of this server, and was no newer one made for the same edge?`;
		case "code_used":
			return `${serverUrl}: the code was used already; make another on the page (边缘节点)`;
		case "code_over":
			return `${serverUrl}: the code holds no more; make another on the page (边缘节点)`;
		case "too_many_attempts":
			return `${serverUrl}: too many wrong codes came from this address; wait ${headers["retry-after"] ?? "some"} s`;
		default:
			return `${serverUrl}: answered ${status}${word ? ` (${word})` : ""}: is it the address of a Keepclear?`;
	}
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
