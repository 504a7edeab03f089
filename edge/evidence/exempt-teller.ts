import type { Logger } from "#platform/log.ts";
import type { ServerClient } from "../centre/server-client.ts";
import { Teller } from "../centre/teller.ts";
import type { ExemptStays } from "../store/exempt-stays.ts";

export interface ExemptTellerParts {
	readonly stays: ExemptStays;
	readonly server: Pick<ServerClient, "exemptStay">;
	readonly log: Logger;
}

/** Tells the server which vehicles stood in a lane and raised nothing, and when they left. */
export const tellerOfExemptStays = ({ stays, server, log }: ExemptTellerParts) =>
	new Teller({
		due: (limit) => stays.toTell(limit),
		tell: ({ id, body }, signal) => server.exemptStay(id, body, signal),
		told: (stay) => stays.told(stay),
		nameOf: ({ id }) => ({ id }),
		onTrouble: "the server cannot be told of exempt vehicles; trying again",
		onRefusal: "the server refuses for good to hear of an exempt vehicle",
		log,
	});
