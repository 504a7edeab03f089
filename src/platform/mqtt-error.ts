/** Why there is no connection, in words for who runs it; without user or password. */
export function explainMqttError(error: unknown, url: string): string {
	const { code, message } = error as { code?: string | number; message?: string };
	const host = hostOf(url);
	switch (code) {
		case 1:
			return `the broker at ${host} does not speak MQTT 3.1.1`;
		case 2:
			return `the broker at ${host} refuses our client id`;
		case 3:
			return `the broker at ${host} says that it is not available`;
		case 4:
		case 5:
			return `the broker at ${host} refuses this user name and password (was the token mistyped, renewed or revoked?)`;
		case "ECONNREFUSED":
			return `nothing listens at ${host}`;
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return `the name in ${host} cannot be resolved`;
		case "ETIMEDOUT":
		case "EHOSTUNREACH":
		case "ENETUNREACH":
			return `no way to ${host}`;
		case "ECONNRESET":
		case "EPIPE":
			return "the broker closed the connection";
		case "ERR_TLS_CERT_ALTNAME_INVALID":
			return `the certificate of the broker at ${host} is for another name`;
		case "CERT_HAS_EXPIRED":
			return `the certificate of the broker at ${host} has expired`;
		case "DEPTH_ZERO_SELF_SIGNED_CERT":
		case "SELF_SIGNED_CERT_IN_CHAIN":
		case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
		case "UNABLE_TO_GET_ISSUER_CERT":
		case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
			return `the certificate of the broker at ${host} is of an authority that is not trusted (give its file as caFile)`;
		case "EPROTO":
		case "ERR_SSL_WRONG_VERSION_NUMBER":
			return `the broker at ${host} does not speak TLS there`;
		default:
			return /connack timeout/i.test(message ?? "") ? `no answer from ${host}` : `${message ?? "unknown trouble"}`;
	}
}

function hostOf(url: string): string {
	try {
		const { protocol, hostname, port } = new URL(url);
		return `${hostname}:${port || (protocol === "mqtts:" ? 8883 : 1883)}`;
	} catch {
		return "its address";
	}
}
